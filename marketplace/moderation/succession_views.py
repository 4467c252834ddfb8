"""LAIP names a successor where an organisation's owner has vanished; after a week it takes effect."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from marketplace.accounts import throttle
from marketplace.core import clock
from marketplace.core.refusal import Forbidden
from marketplace.organisations import labels, member_queries, policy, queries, succession
from marketplace.organisations import succession_rules as rules
from marketplace.organisations.models import Organisation, Succession
from marketplace.organisations.succession_forms import SuccessionForm
from marketplace.organisations.succession_queries import find_latest, list_candidates
from marketplace.organisations.succession_rules import SuccessionStatus
from marketplace.web.access import freshly_proved, moderator_only
from marketplace.web.actors import current_actor
from marketplace.web.forms import SeenForm, attempt
from marketplace.web.language import get_language

successions = Blueprint("successions", __name__)


@successions.route("", methods=["GET", "POST"])
@moderator_only
@freshly_proved
def propose(organisation_id: int) -> Any:
    """What stands, or a form for naming somebody."""
    organisation = _get(organisation_id)
    form = SuccessionForm(language=get_language())
    form.offer(list_candidates(organisation_id))
    if form.validate_on_submit() and attempt(
        form, succession.propose, organisation_id=organisation_id, successor=form.successor,
        reason=form.reason.data or None, words=form.words.data or "", actor=current_actor(), now=clock.now(),
    ):  # fmt: skip
        flash(_("Diusulkan. Para pemilik diberi tahu dan punya tujuh hari untuk berkeberatan."))
        return redirect(url_for(".propose", organisation_id=organisation_id))
    return _page(organisation, form, SeenForm(formdata=None))


@successions.post("/putuskan")
@moderator_only
@freshly_proved
def decide(organisation_id: int) -> Any:
    """The second step: it takes effect, or is taken back."""
    organisation = _get(organisation_id)
    form = SeenForm()
    arguments: dict[str, Any] = {
        "organisation_id": organisation_id, "seen": form.seen_revision, "actor": current_actor(), "now": clock.now(),
    }  # fmt: skip
    may_write = partial(throttle.may_write_to, address=request.remote_addr or "")
    steps: dict[str, tuple[Callable[..., None], str]] = {
        "tetapkan": (
            partial(succession.take_effect, may_write=may_write),
            _("Ditetapkan. Para pemilik dan penerusnya diberi tahu."),
        ),
        "batalkan": (succession.withdraw, _("Dibatalkan. Para pemilik diberi tahu.")),
    }
    action, told = steps.get(request.form.get("langkah", ""), (None, ""))
    if action is None:
        form.form_errors.append(_("Pilih salah satu langkah."))
    elif form.validate_on_submit() and attempt(form, action, **arguments):
        flash(told)
        return redirect(url_for(".propose", organisation_id=organisation_id))
    blank = SuccessionForm(formdata=None, language=get_language())
    blank.offer(list_candidates(organisation_id))
    return _page(organisation, blank, form)


def _get(organisation_id: int) -> Organisation:
    organisation = queries.get(organisation_id)
    if not policy.can_decide(current_actor(), organisation):
        raise Forbidden
    return organisation


def _page(organisation: Organisation, form: SuccessionForm, step: SeenForm) -> Any:
    row = find_latest(organisation.id)
    if row is not None:
        step.seen.data = str(row.revision)
    page = render_template(
        "moderation/succession.html", organisation=organisation, form=form, step=step, row=row, labels=labels,
        stands=row is not None and row.status is SuccessionStatus.PROPOSED, successor=_name(row),
        ripe_at=rules.ripe_at(row.proposed_at) if row else None, now=clock.now(),
    )  # fmt: skip
    return page, 422 if request.method == "POST" else 200


def _name(row: Succession | None) -> str:
    colleague = (
        member_queries.find_colleague(row.organisation_id, row.user_id) if row and row.user_id else None
    )
    return colleague.name if colleague else (row.email if row else "")
