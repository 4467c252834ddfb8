"""Questions about a listing: read by everybody, asked by partners."""

from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from marketplace.core import clock
from marketplace.core.actor import OrganisationKind
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.core.text import tail_of
from marketplace.opportunities import labels, policy, queries
from marketplace.opportunities.forms.questions import AskForm, WithdrawQuestionForm
from marketplace.opportunities.publishing import zone_of
from marketplace.opportunities.queries import Listing
from marketplace.opportunities.questions import asking
from marketplace.opportunities.questions import policy as question_policy
from marketplace.opportunities.questions.models import Question
from marketplace.opportunities.questions.policy import Side
from marketplace.opportunities.questions.queries import (
    SHOWN_FIRST,
    count_asked_by,
    find_question,
    list_answered,
    list_asked_by,
)
from marketplace.opportunities.questions.rules import (
    ANSWER_DAYS,
    QuestionsClosed,
    QuestionSettled,
    asking_ends,
    takes_questions,
)
from marketplace.opportunities.rules import standing
from marketplace.opportunities.views.page import title_of
from marketplace.opportunities.views.question_page import asker_page, desk_page
from marketplace.organisations.policy import find_place, get_place
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.errors import sentence
from marketplace.web.forms import attempt
from marketplace.web.language import get_language
from marketplace.web.paging import paged

PAGE = 20

questions = Blueprint("questions", __name__)


def questions_part(listing: Listing, now: datetime) -> dict[str, Any]:
    """What the listing's page shows of its questions; asks the database only where there are any."""
    opportunity, version = listing.opportunity, listing.version
    ends = asking_ends(version.question_deadline, opportunity.closes_at, zone_of(opportunity))
    stands = standing(opportunity.status, origin=opportunity.origin, closes_at=opportunity.closes_at, now=now)
    takes = takes_questions(stands, ends, now) and bool(listing.organisation_trusted)
    return {
        "answered": list_answered(opportunity.id, limit=SHOWN_FIRST) if listing.questions else [],
        "answered_number": listing.questions,
        "takes_questions": takes,
        "asking_ends": ends,
        "may_ask": takes and _may_ask(listing),
    }


def _may_ask(listing: Listing) -> bool:
    """A visitor is led to sign in; who is signed in for another kind of organisation is not invited."""
    actor = current_actor()
    if policy.is_colleague(actor, listing.opportunity):
        return False
    return not actor.is_signed_in or find_place(actor, OrganisationKind.PARTNER) is not None


def _listing(slug: str) -> Listing:
    listing = queries.find_listing(tail_of(slug))
    if listing is None or not policy.is_public(listing.opportunity):
        raise NotFound
    return listing


@questions.get("/peluang/<slug>/tanya-jawab")
def public(slug: str) -> AnyResponse | str:
    """Every answered question of a listing, newest answer first."""
    listing = _listing(slug)
    opportunity = listing.opportunity
    if slug != opportunity.slug:
        return redirect(url_for(".public", slug=opportunity.slug), 301)
    paging = paged(".public", listing.questions, PAGE, slug=opportunity.slug)
    part = questions_part(listing, clock.now())
    part["answered"] = list_answered(opportunity.id, limit=PAGE, offset=paging.offset)
    title, title_lang = title_of(listing.version)
    return render_template(
        "opportunities/questions.html", o=opportunity, title=title, title_lang=title_lang, paging=paging,
        zone=zone_of(opportunity), offerer=listing.organisation_name, **part,
    )  # fmt: skip


@questions.route("/peluang/<slug>/tanya", methods=["GET", "POST"])
@signed_in
def ask(slug: str) -> AnyResponse | str | tuple[str, int]:
    """The form in which a partner asks."""
    listing, actor, now = _listing(slug), current_actor(), clock.now()
    opportunity = listing.opportunity
    place = question_policy.get_asking_place(actor)
    part = questions_part(listing, now)
    if not part["takes_questions"] or not part["may_ask"]:
        flash(sentence(QuestionsClosed()), "warm")
        return redirect(url_for("opportunity_pages.show", slug=opportunity.slug))
    form = AskForm()
    if form.validate_on_submit() and attempt(
        form, _ask, listing=listing, words=form.words.data or "", now=now,
    ):  # fmt: skip
        flash(_("Pertanyaan terkirim. Jawabannya tampil untuk umum, tanpa nama Anda dan organisasi Anda."))
        return redirect(url_for(".index"))
    title, title_lang = title_of(listing.version)
    page = render_template(
        "opportunities/ask.html", form=form, o=opportunity, title=title, title_lang=title_lang, place=place,
        offerer=listing.organisation_name, zone=zone_of(opportunity), answer_days=ANSWER_DAYS, **part,
    )  # fmt: skip
    return (page, 422) if form.is_submitted() else page


def _ask(*, listing: Listing, words: str, now: datetime) -> None:
    asking.ask(
        listing.opportunity,
        listing.version,
        words=words,
        language=get_language(),
        actor=current_actor(),
        now=now,
    )


@questions.get("/dasbor/pertanyaan")
@signed_in
def index() -> str:
    """What the actor's partner has asked, newest first."""
    place = get_place(current_actor(), OrganisationKind.PARTNER)
    paging = paged(".index", count_asked_by(place.organisation_id), PAGE)
    lines = list_asked_by(place.organisation_id, limit=PAGE, offset=paging.offset)
    return render_template(
        "opportunities/asked.html", lines=lines, paging=paging, states=labels.QUESTION, title_of=title_of,
        organisation=place.name,
    )  # fmt: skip


def known_question(question_id: int) -> tuple[Question, Side]:
    """The question and the side on which the actor reads it; for everybody else there is no such page."""
    question = find_question(question_id)
    side = question_policy.side_of(current_actor(), question) if question else None
    if question is None or side is None:
        raise NotFound
    return question, side


@questions.get("/dasbor/pertanyaan/<int:question_id>")
@signed_in
def show(question_id: int) -> str:
    """One question: its asker follows what becomes of it, its Pemda answers it."""
    question, side = known_question(question_id)
    if side is Side.ASKER:
        return asker_page(question)
    if question.status == "withdrawn":
        raise NotFound
    return desk_page(question)


@questions.route("/dasbor/pertanyaan/<int:question_id>/tarik", methods=["GET", "POST"])
@signed_in
def withdraw(question_id: int) -> AnyResponse | str | tuple[str, int]:
    """Its asker takes it back."""
    question, side = known_question(question_id)
    actor = current_actor()
    if side is not Side.ASKER:
        raise NotFound
    if not question_policy.may(actor, "asker", question):
        raise Forbidden
    form = WithdrawQuestionForm()
    if request.method == "GET":
        if not question_policy.can_withdraw(actor, question):
            raise QuestionSettled
        form.seen.data = str(question.revision)
    if form.validate_on_submit() and attempt(
        form, asking.withdraw, question=question, reason=form.reason.data or None, seen=form.seen_revision, actor=actor,
        now=clock.now(),
    ):  # fmt: skip
        flash(_("Pertanyaan ditarik."))
        return redirect(url_for(".index"))
    page = render_template("opportunities/question_withdraw.html", form=form, q=question)
    return (page, 422) if form.is_submitted() else page
