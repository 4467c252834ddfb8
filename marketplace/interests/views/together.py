"""The same question to several, and one no to several: each page names everybody whom it reaches."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response

from marketplace.core import clock
from marketplace.core.refusal import Forbidden, Refusal
from marketplace.core.text import clean_text, parse_number
from marketplace.interests import labels
from marketplace.interests.comparison_rules import (
    OWN_LINE_AT_MOST,
    TOGETHER_AT_MOST,
    parse_choice,
    words_for,
)
from marketplace.interests.deciding_together import Chosen, Outcome, ask_several, decline_several
from marketplace.interests.forms import AskTogetherForm, DeclineTogetherForm
from marketplace.interests.queries import Asked, Line, list_incoming
from marketplace.interests.rules import STEPS, InterestState, InterestStatus, check_words
from marketplace.interests.views.blueprint import interests
from marketplace.interests.views.comparing import LIST, get_own
from marketplace.lifecycle.rules import check_reason
from marketplace.organisations.member_rules import WRITERS
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.errors import sentence
from marketplace.web.formats import language
from marketplace.web.forms import BaseForm, attempt
from marketplace.web.headers import keep_on_back

S = InterestStatus
LINE_TOO_LONG = _l("Tulis paling banyak %(most)s huruf.", most=OWN_LINE_AT_MOST)


@dataclass(frozen=True, slots=True)
class Several:
    """The chosen interests of one opportunity: those on which the step can be taken, and the others.

    `seen`: by interest, the revision that the page showed; who is not named there was not reachable then.
    """

    asked: Asked
    numbers: list[int]
    compared: list[int]
    ready: list[Line]
    others: list[Line]
    seen: Mapping[int, int]

    @property
    def fits(self) -> bool:
        """Whether somebody is chosen, and not too many."""
        return 0 < len(self.numbers) <= TOGETHER_AT_MOST

    def as_shown(self, line: Line) -> str:
        """The hidden value that stands for it in the form."""
        return f"{line.id}.{self.seen.get(line.id, line.revision)}"

    def chosen(self, lines: Mapping[int, str] | None = None) -> list[Chosen]:
        """As the actions take them: all whom the page showed as reachable, decided meanwhile or not."""
        known = {line.id for line in (*self.ready, *self.others)}
        own = lines or {}
        return [
            Chosen(number, revision, own.get(number, ""))
            for number, revision in self.seen.items()
            if number in known
        ]


def _get_several(opportunity_id: int, to: InterestStatus) -> Several:
    """What the request names. Raises NotFound, or Forbidden for a reader who may not decide here."""
    place, asked = get_own(opportunity_id)
    if place.role not in WRITERS or not place.verified:
        raise Forbidden
    numbers = parse_choice(request.args.getlist("pilih"))
    lines = list_incoming(
        place.organisation_id, opportunity_id=opportunity_id, chosen=numbers, limit=TOGETHER_AT_MOST
    )
    ready = [line for line in lines if _leads_to(line, to)]
    others = [line for line in lines if line not in ready]
    compared = parse_choice(request.args.getlist("banding"))
    return Several(asked, numbers, compared, ready, others, _read_seen())


def _leads_to(line: Line, to: InterestStatus) -> bool:
    if line.state is InterestState.LAPSED:
        return False
    status = S.SENT if line.state is InterestState.READ else S(str(line.state))
    return (status, to) in STEPS


def _read_seen() -> dict[int, int]:
    pairs = (text.partition(".") for text in request.form.getlist("minat"))
    read = ((parse_number(number), parse_number(revision, digits=8)) for number, _dot, revision in pairs)
    return {number: revision or 0 for number, revision in read if number}


def _page(template: str, several: Several, form: BaseForm, **more: Any) -> str:
    return render_template(
        template,
        form=form,
        several=several,
        title=labels.shown_title(several.asked, language()),
        states=labels.STATE,
        **more,
    )


def _back_to_choosing(several: Several) -> Response:
    flash(_("Centang sedikitnya satu, paling banyak %(n)s.", n=TOGETHER_AT_MOST), "warm")
    return redirect(url_for(".choose", opportunity_id=several.asked.opportunity_id, pilih=several.numbers))


def _to_the_only_one(several: Several, endpoint: str) -> Response | None:
    """One alone has a page of its own for that."""
    if several.others or len(several.ready) != 1:
        return None
    return redirect(url_for(endpoint, interest_id=several.ready[0].id, banding=several.compared))


def _finish(several: Several, outcome: Outcome, done: str) -> Any:
    """Back to the comparison where all were reached; else a page that says by name who was not, and why."""
    if not outcome.left:
        flash(done, "good")
        return redirect(
            url_for(".compare", opportunity_id=several.asked.opportunity_id, pilih=several.compared)
        )
    page = render_template(
        "interests/together_left.html",
        several=several,
        outcome=outcome,
        why={left.interest_id: sentence(left.why) for left in outcome.left},
        done=done,
        title=labels.shown_title(several.asked, language()),
    )
    return page, 200 if outcome.told else 409


def _keeping(action: Callable[..., Outcome], outcomes: list[Outcome]) -> Callable[..., None]:
    """The action, with what it answers kept."""

    def run(**arguments: Any) -> None:
        outcomes.append(action(**arguments))

    return run


@interests.route(f"{LIST}/tanya", methods=["GET", "POST"])
@signed_in
def ask_together(opportunity_id: int) -> Any:
    several, form = _get_several(opportunity_id, S.MORE_INFO), AskTogetherForm()
    if not several.fits:
        return _back_to_choosing(several)
    if request.method == "GET":
        page = _page("interests/together_ask.html", several, form)
        return _to_the_only_one(several, ".ask") or keep_on_back(make_response(page))
    outcomes: list[Outcome] = []
    if form.validate() and attempt(
        form, _keeping(ask_several, outcomes), chosen=several.chosen(), question=form.question.data or "",
        actor=current_actor(), now=clock.now(),
    ):  # fmt: skip
        number = len(outcomes[0].told)
        done = ngettext(
            "Pertanyaan terkirim kepada %(num)s mitra.", "Pertanyaan terkirim kepada %(num)s mitra.", number
        )
        return _finish(several, outcomes[0], done)
    return _page("interests/together_ask.html", several, form), 422


@interests.route(f"{LIST}/tolak", methods=["GET", "POST"])
@signed_in
def decline_together(opportunity_id: int) -> Any:
    """Three steps on one address: writing, reading what each will read, sending."""
    several, form = _get_several(opportunity_id, S.DECLINED), DeclineTogetherForm()
    if not several.fits:
        return _back_to_choosing(several)
    lines = {number: clean_text(request.form.get(f"kata-{number}")) for number in several.seen}
    step = request.form.get("langkah")
    if request.method == "GET":
        writing = _writing(several, form, lines)
        return _to_the_only_one(several, ".decline") or keep_on_back(make_response(writing))
    if step == "ubah":
        return _writing(several, form, lines)
    if not _is_sayable(form, lines):
        return _writing(several, form, lines), 422
    if step != "kirim":
        read = {number: words_for(form.words.data or "", line) for number, line in lines.items()}
        reason = labels.reason_text(form.reason.data)
        return _page("interests/together_confirm.html", several, form, lines=lines, read=read, reason=reason)
    return _say_no(several, form, lines)


def _writing(several: Several, form: DeclineTogetherForm, lines: Mapping[int, str]) -> str:
    too_long = {number for number, line in lines.items() if len(line) > OWN_LINE_AT_MOST}
    return _page(
        "interests/together_decline.html", several, form, lines=lines, too_long=too_long,
        line_too_long=LINE_TOO_LONG, longest=OWN_LINE_AT_MOST,
    )  # fmt: skip


def _is_sayable(form: DeclineTogetherForm, lines: Mapping[int, str]) -> bool:
    """Whether each may be told so; what is missing is shown at its field."""
    valid: bool = form.validate()
    if any(len(line) > OWN_LINE_AT_MOST for line in lines.values()):
        form.form_errors.append(str(LINE_TOO_LONG))
        valid = False
    try:
        check_reason(STEPS[(S.SENT, S.DECLINED)], form.reason.data)
        for line in lines.values():
            check_words(form.reason.data, words_for(form.words.data or "", line))
    except Refusal as refusal:
        form.take(refusal)
        valid = False
    return valid


def _say_no(several: Several, form: DeclineTogetherForm, lines: Mapping[int, str]) -> Any:
    outcomes: list[Outcome] = []
    if not attempt(
        form, _keeping(decline_several, outcomes), chosen=several.chosen(lines), reason=form.reason.data,
        words=form.words.data or "", actor=current_actor(), now=clock.now(),
    ):  # fmt: skip
        return _writing(several, form, lines), 422
    number = len(outcomes[0].told)
    done = ngettext(
        "%(num)s minat tidak dilanjutkan; mitranya membaca alasannya.",
        "%(num)s minat tidak dilanjutkan; mitranya membaca alasannya.",
        number,
    )
    return _finish(several, outcomes[0], done)
