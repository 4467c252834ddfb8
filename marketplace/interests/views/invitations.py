"""Invitations: a partner's list, one invitation for both sides, the answer and the taking back."""

from collections.abc import Callable
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from marketplace.audit.queries import list_history
from marketplace.core import clock
from marketplace.core.actor import OrganisationKind
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.interests import invitation_labels, inviting
from marketplace.interests.invitation_forms import DeclineInvitationForm, WithdrawInvitationForm
from marketplace.interests.invitation_queries import (
    InvitationDetail,
    count_received,
    find_invitation,
    list_received,
)
from marketplace.interests.invitation_rules import (
    INVITATION_STEPS,
    InvitationOver,
    InvitationState,
    InvitationStatus,
    answer_day,
)
from marketplace.interests.labels import shown_title
from marketplace.interests.policy import Side, may, side_of_invitation
from marketplace.interests.views.blueprint import interests
from marketplace.lifecycle.rules import get_step
from marketplace.organisations.policy import get_place
from marketplace.regions.queries import gazetteer, zone_at
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.formats import language, waktu
from marketplace.web.forms import attempt
from marketplace.web.headers import keep_on_back
from marketplace.web.paging import paged

LIST = "/dasbor/undangan"
ONE = f"{LIST}/<int:invitation_id>"
PAGE = 20
S = InvitationStatus
_OVER = (InvitationState.EXPIRED, InvitationState.LAPSED)


@interests.get(LIST)
@signed_in
def invitations() -> str:
    """What a partner was invited to, the unanswered first."""
    place = get_place(current_actor(), OrganisationKind.PARTNER)
    counts = count_received(place.organisation_id)
    text = request.args.get("status")
    state = InvitationState(text) if text in list(InvitationState) else None
    paging = paged(
        ".invitations", counts.get(state, 0) if state else sum(counts.values()), PAGE, status=state
    )
    return render_template(
        "interests/invitations.html",
        lines=list_received(place.organisation_id, state=state, limit=PAGE, offset=paging.offset),
        counts=counts,
        state=state,
        states=invitation_labels.STATE,
        answer_day=answer_day,
        paging=paging,
        gazetteer=gazetteer(),
    )


def _get(invitation_id: int) -> tuple[InvitationDetail, Side]:
    """The invitation for the present reader. Raises NotFound where it does not exist for them."""
    detail = find_invitation(invitation_id)
    side = side_of_invitation(current_actor(), detail.invitation) if detail else None
    if detail is None or side is None:
        raise NotFound
    return detail, side


@interests.get(ONE)
@signed_in
def invitation(invitation_id: int) -> str:
    """One invitation for both sides, with what the reader may do about it."""
    detail, side = _get(invitation_id)
    asked = detail.invitation
    state = inviting.state_now(asked, clock.now())
    return render_template(
        "interests/invitation.html",
        detail=detail,
        invitation=asked,
        state=state,
        mine=side is Side.PARTNER,
        label=invitation_labels.STATE[state],
        title=shown_title(detail, language()),
        until=answer_day(asked.invited_at),
        steps=_open_steps(detail) if state is InvitationState.SENT else set(),
        history=_history(detail, side),
        place_text=gazetteer().place_text(asked.opportunity.region_code),
    )


def _open_steps(detail: InvitationDetail) -> set[str]:
    """The statuses into which the reader may bring a waiting invitation."""
    actor = current_actor()
    return {
        str(new)
        for (old, new), step in INVITATION_STEPS.items()
        if old is S.SENT and may(actor, step.by, detail.invitation)
    }


def _history(detail: InvitationDetail, reader: Side) -> list[dict[str, Any]]:
    """What happened; persons are named to their own side only."""
    zone = zone_at(detail.invitation.opportunity.region_code)
    happened = []
    for event in list_history("interest_invitation", detail.invitation.id):
        pemda = event.kind in ("invitation:sent", "invitation:withdrawn")
        side, name = (Side.PEMDA, detail.pemda_name) if pemda else (Side.PARTNER, detail.partner_name)
        if event.who and reader is side:
            name = _("%(orang)s, %(organisasi)s", orang=event.who, organisasi=name)
        title = invitation_labels.EVENT[event.kind]
        happened.append({"when": waktu(event.at, zone), "title": title, "text": name})
    return happened


def _end(invitation_id: int, to: InvitationStatus, form: Any, action: Callable[..., None], done: str) -> Any:
    """The page of a no or of a taking back, then the step."""
    detail, _side = _get(invitation_id)
    _check_open(detail, to)
    form = form()
    if request.method == "GET":
        form.seen.data = str(detail.invitation.revision)
        return keep_on_back(make_response(_page(form, detail, to)))
    if form.validate() and attempt(
        form, action, invitation_id=invitation_id, seen=form.seen_revision, reason=form.reason.data,
        words=form.words.data or "", actor=current_actor(), now=clock.now(),
    ):  # fmt: skip
        flash(done, "good")
        return redirect(url_for(".invitation", invitation_id=invitation_id))
    return _page(form, detail, to), 422


def _check_open(detail: InvitationDetail, to: InvitationStatus) -> None:
    """The action's refusals before the page is shown; who was too late is told by the action."""
    status = detail.invitation.status
    if request.method == "POST" and (status, to) not in INVITATION_STEPS:
        return
    if not may(current_actor(), get_step(INVITATION_STEPS, status, to).by, detail.invitation):
        raise Forbidden
    if inviting.state_now(detail.invitation, clock.now()) in _OVER:
        raise InvitationOver


def _page(form: Any, detail: InvitationDetail, to: InvitationStatus) -> str:
    return render_template(
        "interests/invitation_end.html",
        form=form,
        to=to,
        detail=detail,
        title=shown_title(detail, language()),
    )


@interests.route(f"{ONE}/tolak", methods=["GET", "POST"])
@signed_in
def decline_invitation(invitation_id: int) -> Any:
    done = _("Jawaban terkirim. Pemda membaca alasannya.")
    return _end(invitation_id, S.DECLINED, DeclineInvitationForm, inviting.decline_invitation, done)


@interests.route(f"{ONE}/tarik", methods=["GET", "POST"])
@signed_in
def withdraw_invitation(invitation_id: int) -> Any:
    done = _("Undangan ditarik. Mitra sudah dikabari.")
    return _end(invitation_id, S.WITHDRAWN, WithdrawInvitationForm, inviting.withdraw_invitation, done)
