"""What an invited person sees: the question of the link, and the answer."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from marketplace.core import clock
from marketplace.organisations import invitations, labels
from marketplace.organisations.member_rules import InvitationDead
from marketplace.web.access import to_sign_in
from marketplace.web.actors import current_actor
from marketplace.web.forms import ButtonForm, attempt

invited = Blueprint("invited", __name__)


@invited.get("/<token>")
def show(token: str) -> Any:
    # A visitor's page holds no form, so that it sets no cookie.
    return _page(token, ButtonForm() if current_actor().is_signed_in else None)


@invited.post("/<token>")
def answer(token: str) -> Any:
    actor = current_actor()
    if not actor.is_signed_in:
        return to_sign_in()
    form = ButtonForm()
    declines = request.form.get("jawaban") == "tolak"
    taken: list[int] = []

    def take(**arguments: Any) -> None:
        taken.append(invitations.accept(token, **arguments))

    try:
        if declines and attempt(form, invitations.decline, token=token, actor=actor, now=clock.now()):
            flash(_("Undangan ditolak. Pengundangnya diberi tahu."))
            return redirect(url_for("organisations.index"))
        if not declines and attempt(form, take, actor=actor, now=clock.now()):
            flash(_("Selamat bergabung. Hak Anda sudah berlaku."))
            return redirect(url_for("organisations.show", organisation_id=taken[0]))
    except InvitationDead:
        return _dead()
    return _page(token, form)


def _page(token: str, form: ButtonForm | None) -> Any:
    try:
        invitation, organisation = invitations.get_answerable(token, now=clock.now())
    except InvitationDead:
        return _dead()
    actor = current_actor()
    fits = not actor.is_signed_in or invitations.is_for(invitation, actor)
    page = render_template(
        "organisations/invitation.html", fits=fits, invitation=invitation, organisation=organisation, form=form, labels=labels,
        here=url_for(".show", token=token),
    )  # fmt: skip
    return page, 422 if form and form.form_errors else 200


def _dead() -> Any:
    return render_template("organisations/invitation_dead.html"), InvitationDead.status
