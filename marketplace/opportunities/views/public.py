"""A listing's public page."""

import hashlib
from datetime import datetime
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.refusal import NotFound
from marketplace.core.text import tail_of
from marketplace.opportunities import labels, policy, queries
from marketplace.opportunities.finding.cards import cards_of
from marketplace.opportunities.finding.pieces import hour_of
from marketplace.opportunities.listing_state import find_state
from marketplace.opportunities.queries import Listing
from marketplace.opportunities.rules import PUBLIC_LIFE, LifeStatus, Standing
from marketplace.opportunities.support import policy as support_policy
from marketplace.opportunities.support.queries import find_ties, list_voices
from marketplace.opportunities.views.page import Offerer, listing_page, takes_interest
from marketplace.opportunities.views.questions import questions_part
from marketplace.opportunities.wording import supporter_name
from marketplace.saved.policy import can_be_watched
from marketplace.saved.queries import find_marks
from marketplace.search.index import open_index
from marketplace.web.actors import current_actor
from marketplace.web.fragments import KeptPage, fragments
from marketplace.web.headers import is_stranger
from marketplace.web.language import get_language
from marketplace.web.release import code_version

opportunity_pages = Blueprint("opportunity_pages", __name__)


@opportunity_pages.app_template_global("opportunity_reason")
def opportunity_reason(event: str, code: str | None) -> str:
    """The words of a reason code, for mails and histories."""
    return str(labels.reason_text(event, code))


@opportunity_pages.get("/peluang/<slug>")
def show(slug: str) -> AnyResponse | str | tuple[str, int]:
    """The listing for everybody; the tail alone finds it, other words before it lead to the right address."""
    tail = tail_of(slug)
    state = find_state(tail) if is_stranger() and not request.query_string else None
    if state is None or state.slug != slug or state.status not in PUBLIC_LIFE:
        return _drawn(slug, tail)
    key = ("listing", slug, state.mark, get_language(), hour_of(clock.now()), code_version())
    kept: KeptPage | None = fragments("pages").get(key)
    html: str | None = None
    if kept is None:
        drawn = _drawn(slug, tail)
        if not isinstance(drawn, str):
            return drawn
        html = drawn
        kept = KeptPage.of(html, hashlib.sha256(repr(key).encode()).hexdigest()[:20])
        fragments("pages").put(key, kept)
    response = kept.response(html)
    response.set_etag(kept.name, weak=True)
    return response.make_conditional(request)


def _drawn(slug: str, tail: str) -> AnyResponse | str | tuple[str, int]:
    listing = queries.find_listing(tail)
    if listing is None:
        raise NotFound
    opportunity, now, actor = listing.opportunity, clock.now(), current_actor()
    if opportunity.status is LifeStatus.WITHDRAWN:
        return _gone(listing, now), 410
    if not policy.is_public(opportunity):
        raise NotFound
    if slug != opportunity.slug:
        return redirect(url_for(".show", slug=opportunity.slug), 301)
    offerer = Offerer(listing.organisation_name, listing.organisation_unit)
    values = listing_page(opportunity, listing.version, offerer, actor=actor, now=now)
    values["voices"] = list_voices(opportunity.id, public=True) if listing.recommended else []
    values |= questions_part(listing, now)
    return render_template("opportunities/show.html", **values, **_doors(listing, values, actor))


def _doors(listing: Listing, values: dict[str, Any], actor: Actor) -> dict[str, Any]:
    """What this reader may do from here."""
    opportunity, is_open = listing.opportunity, values["standing"] is Standing.OPEN
    return {
        "takes_interest": takes_interest(listing, values["standing"]),
        "paused": is_open and listing.organisation_trusted is False,
        "is_colleague": policy.is_colleague(actor, opportunity),
        "supports": _supports(listing, actor),
        "supporter_name": supporter_name,
        "marks": find_marks(actor.user_id, opportunity.id),
        "watchable": can_be_watched(opportunity),
        "interest_url": f"{request.script_root}/peluang/{opportunity.slug}/minat",
    }


def _supports(listing: Listing, actor: Actor) -> bool:
    """Whether a tutor, province or ministry of this reader stands beside the listing."""
    return bool(support_policy.list_places(actor, listing.version, find_ties(actor, listing.version)))


def _gone(listing: Listing, now: datetime) -> str:
    view = open_index().view()
    rows = queries.list_similar(view, listing.opportunity, listing.version, now=now)
    similar = cards_of(rows, language=get_language(), prefix=request.script_root, now=now)
    return render_template("opportunities/withdrawn.html", similar=similar)
