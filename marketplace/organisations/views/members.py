from collections.abc import Callable
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from marketplace.accounts import throttle
from marketplace.core import clock
from marketplace.core.actor import MemberRole
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.organisations import acting, invitations, labels, member_queries, members, policy
from marketplace.organisations.member_forms import InviteForm, RoleForm
from marketplace.organisations.member_queries import Colleague
from marketplace.organisations.models import Organisation
from marketplace.organisations.views.blueprint import ONE, organisations
from marketplace.organisations.views.page import load_visible
from marketplace.web.access import freshly_proved, is_freshly_proved, signed_in
from marketplace.web.actors import current_actor, current_sid_hash
from marketplace.web.forms import ButtonForm, attempt
from marketplace.web.language import get_language
from marketplace.web.paging import paged

PER_PAGE = 50
MEMBERS = f"{ONE}/anggota"
MEMBER = f"{MEMBERS}/<int:user_id>"
INVITATION = f"{ONE}/undangan/<int:invitation_id>"


@organisations.get(MEMBERS)
@signed_in
def list_members(organisation_id: int) -> Any:
    return _members_page(load_visible(organisation_id), InviteForm(formdata=None, language=get_language()))


@organisations.post(MEMBERS)
@freshly_proved
def invite(organisation_id: int) -> Any:
    organisation = load_visible(organisation_id)
    form = InviteForm(language=get_language())
    if not policy.can_manage_members(current_actor(), organisation):
        raise Forbidden
    if form.validate_on_submit() and attempt(
        form,
        invitations.invite,
        organisation_id=organisation_id,
        email=form.email.data,
        role=MemberRole(form.role.data),
        language=form.language.data,
        actor=current_actor(),
        now=clock.now(),
        may_write=_may_write(),
    ):
        flash(_("Undangan dikirim. Tautannya berlaku dua hari dan hanya sekali pakai."))
        return _to_members(organisation_id)
    return _members_page(organisation, form), 422


def _may_write() -> Callable[[str], bool]:
    return partial(throttle.may_write_to, address=request.remote_addr or "")


def _members_page(organisation: Organisation, form: InviteForm, problems: ButtonForm | None = None) -> str:
    actor = current_actor()
    manages = policy.can_manage_members(actor, organisation)
    paging = paged(
        ".list_members",
        member_queries.count_members(organisation.id),
        PER_PAGE,
        organisation_id=organisation.id,
    )
    return render_template(
        "organisations/members.html",
        organisation=organisation,
        form=form,
        problems=problems.form_errors if problems else [],
        manages=manages,
        # Who has not given a password lately does so before typing, not after.
        proved=is_freshly_proved(),
        paging=paging,
        colleagues=member_queries.list_colleagues(organisation.id, limit=PER_PAGE, offset=paging.offset),
        invited=member_queries.list_invitations(organisation.id) if manages else [],
        belongs=actor.membership_in(organisation.id) is not None,
        now=clock.now(),
        labels=labels,
    )


def _to_members(organisation_id: int) -> Any:
    return redirect(url_for(".list_members", organisation_id=organisation_id))


def _press(organisation_id: int, action: Any, told: str, /, **arguments: Any) -> Any:
    """One button of the members page: done and told, or the page again with the sentence."""
    organisation = load_visible(organisation_id)
    form = ButtonForm()
    if form.validate_on_submit() and attempt(
        form, action, organisation_id=organisation_id, actor=current_actor(), now=clock.now(), **arguments
    ):
        flash(told)
        return _to_members(organisation_id)
    return _members_page(organisation, InviteForm(formdata=None, language=get_language()), form), 422


@organisations.post(f"{INVITATION}/kirim-ulang")
@freshly_proved
def send_invitation_again(organisation_id: int, invitation_id: int) -> Any:
    told = _("Undangan dikirim lagi. Tautan yang lama tidak berlaku.")
    return _press(
        organisation_id, invitations.send_again, told, invitation_id=invitation_id, may_write=_may_write()
    )


@organisations.post(f"{INVITATION}/tarik")
@signed_in
def withdraw_invitation(organisation_id: int, invitation_id: int) -> Any:
    told = _("Undangan ditarik. Tautannya tidak berlaku lagi.")
    return _press(organisation_id, invitations.withdraw, told, invitation_id=invitation_id)


@organisations.route(MEMBER, methods=["GET", "POST"])
@freshly_proved
def manage_member(organisation_id: int, user_id: int) -> Any:
    organisation, colleague = _load_managed(organisation_id, user_id)
    form = RoleForm(role=str(colleague.role), seen=str(colleague.role))
    if form.validate_on_submit() and attempt(
        form,
        members.change_role,
        organisation_id=organisation_id,
        user_id=user_id,
        role=MemberRole(form.role.data),
        seen=MemberRole(form.seen.data),
        actor=current_actor(),
        now=clock.now(),
    ):
        flash(_("Peran disimpan dan berlaku mulai halaman berikutnya yang ia buka."))
        return _to_members(organisation_id)
    page = render_template(
        "organisations/member.html", organisation=organisation, colleague=colleague, form=form, labels=labels,
        oneself=user_id == current_actor().user_id,
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200


def _load_managed(organisation_id: int, user_id: int) -> tuple[Organisation, Colleague]:
    organisation = load_visible(organisation_id)
    if not policy.can_manage_members(current_actor(), organisation):
        raise Forbidden
    colleague = member_queries.find_colleague(organisation_id, user_id)
    if colleague is None:
        raise NotFound
    return organisation, colleague


@organisations.post(f"{MEMBER}/keluarkan")
@freshly_proved
def remove_member(organisation_id: int, user_id: int) -> Any:
    told = _("Ia bukan anggota lagi. Haknya berakhir saat itu juga.")
    return _press(organisation_id, members.remove, told, user_id=user_id)


@organisations.post(f"{MEMBER}/serahkan")
@freshly_proved
def hand_over(organisation_id: int, user_id: int) -> Any:
    told = _("Kepemilikan diserahkan. Anda sekarang penyetuju.")
    return _press(organisation_id, members.hand_over, told, user_id=user_id)


@organisations.route(f"{ONE}/keluar", methods=["GET", "POST"])
@signed_in
def leave(organisation_id: int) -> Any:
    place = current_actor().membership_in(organisation_id)
    if place is None:
        # Left already, or never a member: the answer is the same.
        return redirect(url_for(".index"))
    form = ButtonForm()
    if form.validate_on_submit() and attempt(
        form, members.leave, organisation_id=organisation_id, actor=current_actor(), now=clock.now()
    ):
        flash(_("Anda bukan anggota %(organisasi)s lagi.", organisasi=place.name))
        return redirect(url_for(".index"))
    page = render_template("organisations/leave.html", form=form, place=place)
    return page, 422 if form.is_submitted() else 200


@organisations.post("/pilih/<int:organisation_id>")
@signed_in
def act_for(organisation_id: int) -> Any:
    if ButtonForm().validate_on_submit():
        acting.act_for(organisation_id, sid_hash=current_sid_hash(), actor=current_actor())
    return redirect(url_for("dashboard.show"))
