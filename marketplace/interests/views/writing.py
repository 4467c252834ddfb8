"""The form under a listing, from which an interest is sent or kept as a draft."""

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from marketplace.core import clock
from marketplace.core.actor import Membership
from marketplace.core.refusal import NotFound
from marketplace.core.text import tail_of
from marketplace.interests import sending
from marketplace.interests.answering_queries import usual_answer_days
from marketplace.interests.comparison_queries import list_said
from marketplace.interests.forms import InterestForm, printed
from marketplace.interests.invitation_queries import find_waiting
from marketplace.interests.labels import shown_title
from marketplace.interests.listings import Listing, find_listing
from marketplace.interests.models import Interest
from marketplace.interests.policy import get_sending_place
from marketplace.interests.queries import find_earlier, find_open
from marketplace.interests.rules import (
    LINE_AT_MOST,
    AlreadyInterested,
    InterestStatus,
    OpportunityNotOpen,
    OwnerPaused,
)
from marketplace.interests.views.blueprint import interests
from marketplace.opportunities.rules import Standing
from marketplace.partners.labels import MUST
from marketplace.partners.must_codes import meets
from marketplace.partners.queries import find_profile, find_shown, list_track_records
from marketplace.regions.queries import gazetteer
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.errors import sentence
from marketplace.web.formats import language
from marketplace.web.forms import attempt
from marketplace.web.headers import keep_on_back
from marketplace.web.transaction import keep_nothing


@interests.route("/peluang/<slug>/minat", methods=["GET", "POST"])
@signed_in
def write(slug: str) -> Response | str | tuple[str, int]:
    listing = find_listing(tail_of(slug), now=clock.now())
    if listing is None:
        raise NotFound
    if slug != listing.slug and request.method == "GET":
        return redirect(url_for(".write", slug=listing.slug), 301)
    place = get_sending_place(current_actor())
    if listing.standing is not Standing.OPEN:
        flash(sentence(OpportunityNotOpen()), "warm")
        return redirect(f"{request.script_root}/peluang/{listing.slug}")
    if not listing.pemda_trusted:
        flash(sentence(OwnerPaused()), "warm")
        return redirect(f"{request.script_root}/peluang/{listing.slug}")
    existing = find_open(listing.id, place.organisation_id)
    if existing and existing.status is not InterestStatus.DRAFT:
        return _to_existing(existing)
    form = InterestForm()
    if request.method == "POST":
        return _take(form, listing, place, existing)
    form.version.data = str(listing.version_id)
    if existing:
        form.show(existing)
        form.ask_of(listing.must_haves_id, list_said([existing.id])[existing.id].answers)
    return _page(form, listing, place, existing)


def _take(form: InterestForm, listing: Listing, place: Membership, draft: Interest | None) -> Any:
    """Sends or keeps; a partner that may not send yet keeps a draft, so that nothing is lost."""
    only_keep = bool(request.form.get("simpan")) or not place.verified
    acceptable = form.validate() if only_keep else form.is_sendable()
    action = sending.save_draft if only_keep else sending.send_interest
    try:
        done = acceptable and attempt(form, action, **_arguments(form, listing))
    except AlreadyInterested:
        # The other of two presses was faster.
        keep_nothing()
        return _to_existing(find_open(listing.id, place.organisation_id))
    if not done:
        if draft:
            form.seen.data = str(draft.revision)
        return _page(form, listing, place, draft, status=422)
    written = find_open(listing.id, place.organisation_id)
    _say(written, listing, place)
    return redirect(_page_of(written))


def _arguments(form: InterestForm, listing: Listing) -> dict[str, Any]:
    chosen = form.attachment.data
    writing = sending.Writing(
        opportunity_id=listing.id,
        version_id=form.version_id,
        content=form.content,
        upload=sending.Upload(chosen.stream, chosen.filename) if chosen else None,
        seen=form.seen_revision if form.seen.data else None,
    )
    return {"writing": writing, "actor": current_actor(), "now": clock.now()}


def _say(written: Interest | None, listing: Listing, place: Membership) -> None:
    if written is None or written.status is InterestStatus.DRAFT:
        flash(
            _("Draf tersimpan.")
            if place.verified
            else _("Draf tersimpan. Minat dapat dikirim sesudah organisasi Anda terverifikasi."),
            "good" if place.verified else "warm",
        )
        return
    usual = usual_answer_days([listing.organisation_id or 0], now=clock.now())
    days = usual.get(listing.organisation_id or 0)
    told = _("Minat terkirim ke %(pemda)s.", pemda=listing.pemda_name)
    usually = _("Biasanya dijawab dalam %(n)s hari kerja.", n=days)
    flash(f"{told} {usually}" if days else told, "good")


def _to_existing(interest: Interest | None) -> Response:
    flash(sentence(AlreadyInterested()), "warm")
    return redirect(_page_of(interest))


def _page_of(interest: Interest | None) -> str:
    """Its own page; the partner's list where another tab has discarded it meanwhile."""
    return url_for(".show", interest_id=interest.id) if interest else url_for(".outgoing")


def _checked(listing: Listing, place: Membership) -> list[tuple[str, Any]]:
    """Each must-have that can be checked, and whether the partner's profile meets it, as marks."""
    shown = find_shown(place.organisation_id) if listing.must_codes else None
    if shown is None:
        return []
    mark = {True: "yes", False: "no", None: "ask"}
    return [
        (mark[meets(code, shown, amount_idr=listing.amount_idr)], text)
        for code, text in MUST.items()
        if code in listing.must_codes
    ]


def _page(
    form: InterestForm, listing: Listing, place: Membership, draft: Interest | None, status: int = 200
) -> Response:
    form.ask_of(listing.must_haves_id)
    invitation = find_waiting(listing.id, place.organisation_id)
    prefilled = invitation is not None and draft is None and request.method == "GET"
    if prefilled:
        _fill_from_profile(form, place)
    echo = printed(form.money.amount, form.money.currency) if form.money else None
    page = render_template(
        "interests/write.html",
        form=form,
        listing=listing,
        place=place,
        draft=draft,
        title=shown_title(listing, language()),
        place_text=gazetteer().place_text(listing.region_code),
        invitation=invitation,
        prefilled=prefilled,
        checked=_checked(listing, place),
        earlier=find_earlier(listing.id, place.organisation_id),
        echo=echo or form.ticket.data if not form.ticket.errors else None,
    )
    return keep_on_back(make_response(page, status))


def _fill_from_profile(form: InterestForm, place: Membership) -> None:
    """Who was invited finds its roles and its newest project there already."""
    profile = find_profile(place.organisation_id)
    form.roles.data = list(profile.capability_codes) if profile else []
    records = list_track_records(place.organisation_id, limit=1)
    if records:
        newest = records[0]
        parts = [newest.title, newest.place, str(newest.year or "")]
        form.capacity.data = ", ".join(part for part in parts if part)[:LINE_AT_MOST]
