"""Writing a draft: in steps or on one page, by the form or as it is typed."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask import Response, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from marketplace.core import clock
from marketplace.core.refusal import Conflict, Forbidden, NotFound
from marketplace.core.text import parse_number
from marketplace.opportunities import drafting, editing, policy, publishing
from marketplace.opportunities.completeness import GapKind
from marketplace.opportunities.content import content_of, field_of
from marketplace.opportunities.forms.drafting import over_stored, read_over
from marketplace.opportunities.forms.listing import ListingForm, Typed
from marketplace.opportunities.merging import WHY_INPUTS, Base, Merge, digest, merge
from marketplace.opportunities.models import OpportunityVersion
from marketplace.opportunities.rules import ListingEnded, NotEditable, check_editable
from marketplace.opportunities.steps import CHECK, STEPS, WHOLE, inputs_of_step, neighbour
from marketplace.opportunities.support import commenting
from marketplace.opportunities.views.authoring import authoring, own_version, sent_words
from marketplace.opportunities.views.draft_page import Clash, address_of, draft_page, today_of
from marketplace.opportunities.wording import field_texts
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.forms import attempt
from marketplace.web.language import get_language

_SHOWN_ON_OPENING = frozenset(GapKind) - {GapKind.MISSING, GapKind.TOO_SHORT, GapKind.UNREAD}

_TRIES_AT_MOST = 5


@dataclass(frozen=True, slots=True)
class Sent:
    """What somebody sent of a draft, laid over what is stored."""

    form: ListingForm
    typed: Typed
    found: Merge


@authoring.get("/<int:opportunity_id>/sunting")
@signed_in
def edit(opportunity_id: int) -> AnyResponse:
    """All fields on one page."""
    return _open(opportunity_id, WHOLE)


@authoring.get("/<int:opportunity_id>/sunting/<step>")
@signed_in
def edit_step(opportunity_id: int, step: str) -> AnyResponse:
    """The fields of one step."""
    return _open(opportunity_id, step)


@authoring.post("/<int:opportunity_id>/sunting")
@signed_in
def save(opportunity_id: int) -> AnyResponse:
    """Saves the draft, and sends it on where that button was pressed; on any refusal the text stays."""
    return _save(opportunity_id, WHOLE)


@authoring.post("/<int:opportunity_id>/sunting/<step>")
@signed_in
def save_step(opportunity_id: int, step: str) -> AnyResponse:
    """The same for one step, and on to its neighbours."""
    return _save(opportunity_id, step)


def writable_version(opportunity_id: int) -> OpportunityVersion:
    """The newest version, for those who write for its organisation."""
    version = own_version(opportunity_id)
    if not policy.may_act_as(current_actor(), "editor", version):
        raise Forbidden
    return version


def _open(opportunity_id: int, step: str) -> AnyResponse:
    version = writable_version(opportunity_id)
    _check_step(step)
    if not policy.can_edit(current_actor(), version):
        return redirect(_after(version))
    form = _shown(version, inputs_of_step(step))
    found = publishing.check_complete(version, clock.now())
    form.show_gaps(gap for gap in found.gaps if gap.kind in _SHOWN_ON_OPENING and _on_page(gap.field, step))
    return draft_page(version, form, step, 200)


def _shown(version: OpportunityVersion, inputs: Collection[str]) -> ListingForm:
    """The stored draft in the form, with a sentence at what cannot be read yet."""
    if version.unread:
        form = over_stored(version, MultiDict(), ())
        read_over(form, version, (), today_of(version, clock.now()))
        form.forget_errors_beside(inputs)
    else:
        form = ListingForm(formdata=None)
        form.show(version)
    form.stand_on(version)
    return form


def _check_step(step: str) -> None:
    if step != WHOLE and step not in STEPS:
        raise NotFound


def _on_page(field: str, step: str) -> bool:
    return any(field_of(name) == field for name in inputs_of_step(step))


def _after(version: OpportunityVersion) -> str:
    return address_of(version, WHOLE).removesuffix("/sunting")


def sort_out(version: OpportunityVersion, inputs: Collection[str], now: datetime) -> Sent:
    """Tells what this editor changed from what somebody else did, for a locked version."""
    today = today_of(version, now)
    stored = drafting.texts_of(version)
    form = over_stored(version, request.form, inputs)
    typed = read_over(form, version, inputs, today)
    seen = form.seen_digests | _arrived(version, inputs, stored, today)
    base = Base(seen, form.seen_revision == version.revision)
    found = merge(base, typed.texts, stored, inputs)
    equal = {name: digest(stored[name]) for name in inputs if typed.texts[name] == stored[name]}
    kept = [name for name in inputs if name not in found.taken and typed.texts[name] != stored[name]]
    if kept:
        form = over_stored(version, request.form, found.taken)
        typed = read_over(form, version, found.taken, today)
    form.see(seen | equal)
    return Sent(form, typed, found)


def _arrived(
    version: OpportunityVersion, inputs: Collection[str], stored: Mapping[str, str], today: date
) -> dict[str, str]:
    """Marks of inputs that hold what this page sent before, where the answer was lost on its way back."""
    tries = _tries(inputs)
    arrived: dict[str, str] = {}
    for number in range(_TRIES_AT_MOST):
        sent: MultiDict[str, str] = MultiDict()
        for name, each in tries.items():
            sent.setlist(name, each[number] if number < len(each) else [])
        names = [name for name, each in tries.items() if number < len(each)]
        texts = read_over(over_stored(version, sent, names), version, names, today).texts if names else {}
        arrived |= {name: digest(stored[name]) for name in names if texts[name] == stored[name]}
    return arrived


def _tries(inputs: Collection[str]) -> dict[str, list[list[str]]]:
    """By input what was sent of it before: each as the list of its values."""
    tries: dict[str, list[list[str]]] = {}
    for written in request.form.getlist("lalu"):
        try:
            name, values = json.loads(written)
        except (ValueError, TypeError, RecursionError):
            continue
        if isinstance(name, str) and name in inputs and isinstance(values, list):
            tries.setdefault(name, []).append([str(value) for value in values])
    return tries


def _save(opportunity_id: int, step: str) -> AnyResponse:
    version = writable_version(opportunity_id)
    _check_step(step)
    now = clock.now()
    drafting.lock_draft(version)
    inputs = _inputs(step)
    sent = sort_out(version, inputs, now)
    try:
        check_editable(version.status, version.opportunity.status)
    except (NotEditable, ListingEnded) as conflict:
        return _clash_page(version, step, inputs, conflict)
    if sent.found.overlaps:
        return _clash_page(version, step, sent.found.changed, editing.changed(version, current_actor()))
    if not _is_fine(sent, inputs):
        return draft_page(version, sent.form, step, 422)
    sends = request.form.get("langkah") == "kirim"
    if not attempt(sent.form, _save_and_send, version=version, sent=sent, step=step, sends=sends, now=now):
        if sends and step == WHOLE:
            sent.form.show_gaps(publishing.check_written(version, sent.typed.content, now).gaps)
        return draft_page(version, sent.form, step, 422)
    flash(sent_words(version) if sends else _("Draf tersimpan"))
    return redirect(_after(version) if sends else _onward(version, step))


def _inputs(step: str) -> tuple[str, ...]:
    """What the page held; not what the editor let go in favour of what is stored."""
    let_go = request.form.getlist("pakai")
    held = (*inputs_of_step(step), *(name for name in WHY_INPUTS if name in request.form))
    return tuple(name for name in held if field_of(name) not in let_go)


def _onward(version: OpportunityVersion, step: str) -> str:
    """Where the pressed button leads once the draft is saved."""
    pressed = request.form.get("langkah", "")
    if pressed == "dokumen":
        return url_for("documents.index", opportunity_id=version.opportunity_id)
    by = {"lanjut": 1, "kembali": -1}.get(pressed, 0)
    return address_of(version, neighbour(step, by) if step and by else step)


def _is_fine(sent: Sent, inputs: Collection[str]) -> bool:
    faulty = set(sent.typed.problems).intersection(inputs)
    sent.form.forget_errors_beside(inputs)
    return not faulty


def _save_and_send(version: OpportunityVersion, sent: Sent, *, step: str, sends: bool, now: datetime) -> None:
    actor = current_actor()
    drafting.write_over(
        version, sent.typed, confirmed=request.form.getlist("sesuai"), always=True, actor=actor, now=now
    )
    drafting.note_editor(version, actor=actor, now=now)
    handled = parse_number(request.form.get("langkah", "").removeprefix("tangani-"))
    if handled is not None:
        commenting.handle(version, comment_id=handled, actor=actor, now=now)
    if sends and step in (WHOLE, CHECK):
        publishing.send_to_approver(version, seen=version.revision, actor=actor, now=now)


def _clash_page(
    version: OpportunityVersion, step: str, inputs: Collection[str], conflict: Conflict
) -> Response:
    """Both texts side by side: what was written here stays in the form, what is stored stands beside it."""
    now = clock.now()
    form = over_stored(version, request.form, inputs)
    typed = read_over(form, version, inputs, today_of(version, now))
    form.forget_errors_beside(inputs)
    written = field_texts(typed.content, get_language())
    stored = {
        name: text.text + (f"\n{text.english}" if text.english else "")
        for name, text in field_texts(content_of(version), get_language()).items()
        if text != written[name]
    }
    form.stand_on(version)
    return draft_page(version, form, step, 409, Clash(conflict, stored))
