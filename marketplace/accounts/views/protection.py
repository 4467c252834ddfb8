"""What protects an account: second factors, recovery codes, where it is signed in, what happened to it."""

from typing import Any

from flask import Response, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from marketplace.accounts import actions, passkeys, second_factor, sign_ins
from marketplace.accounts.forms import CodeForm, NewPasskeyForm
from marketplace.accounts.labels import EVENT, browser_name
from marketplace.accounts.models import User
from marketplace.accounts.queries import get_factors, list_browsers, list_passkeys
from marketplace.accounts.rules import RECOVERY_CODES_RUN_LOW
from marketplace.accounts.views.account import here
from marketplace.accounts.views.blueprints import accounts
from marketplace.accounts.views.challenges import current_challenge, take_challenge
from marketplace.audit.queries import list_history
from marketplace.core import clock
from marketplace.core.refusal import Refusal
from marketplace.extensions import db
from marketplace.web.access import freshly_proved, signed_in
from marketplace.web.actors import current_actor
from marketplace.web.errors import sentence
from marketplace.web.forms import ButtonForm, attempt
from marketplace.web.qr import qr_svg

EVENTS_SHOWN = 50


@accounts.get("/keamanan")
@signed_in
def security_page() -> str:
    actor = current_actor()
    user_id = actor.user_id or 0
    return render_template(
        "accounts/protection.html",
        factors=get_factors(user_id),
        passkeys=list_passkeys(user_id),
        run_low=RECOVERY_CODES_RUN_LOW,
        browsers=list_browsers(user_id, here=here(), now=clock.now()),
        browser_name=browser_name,
        events=[event for event in list_history("user", user_id, limit=EVENTS_SHOWN) if event.kind in EVENT],
        event_words=EVENT,
        demanded=bool(actor.withheld_roles),
    )


@accounts.post("/keamanan/aplikasi")
@freshly_proved
def begin_authenticator() -> Any:
    second_factor.begin_authenticator(actor=current_actor(), now=clock.now())
    return redirect(url_for("accounts.authenticator"))


@accounts.route("/keamanan/aplikasi", methods=["GET"])
@freshly_proved
def authenticator() -> Any:
    setup = second_factor.find_setup(current_actor())
    if setup is None:
        return redirect(url_for("accounts.security_page"))
    return render_template("accounts/authenticator.html", form=CodeForm(formdata=None), key=setup[1])


@accounts.post("/keamanan/aplikasi/kode")
@freshly_proved
def confirm_authenticator() -> Any:
    actor, form = current_actor(), CodeForm()
    if form.validate_on_submit() and attempt(
        form, second_factor.confirm_authenticator, code=form.code.data, actor=actor, now=clock.now()
    ):
        return _protected_now()
    setup = second_factor.find_setup(actor)
    if setup is None:
        return redirect(url_for("accounts.security_page"))
    return render_template("accounts/authenticator.html", form=form, key=setup[1]), 422


@accounts.get("/keamanan/aplikasi/qr.svg")
@freshly_proved
def authenticator_qr() -> Response:
    """The picture that the app photographs; its own address, since the page takes no inline picture."""
    setup = second_factor.find_setup(current_actor())
    if setup is None:
        abort(404)
    return Response(qr_svg(setup[0]), mimetype="image/svg+xml")


@accounts.post("/keamanan/aplikasi/lepas")
@freshly_proved
def remove_authenticator() -> Any:
    try:
        second_factor.remove_authenticator(actor=current_actor(), now=clock.now())
    except Refusal as refusal:
        return _refused(refusal)
    flash(_("Aplikasi autentikator dilepas."))
    return redirect(url_for("accounts.security_page"))


@accounts.route("/keamanan/kunci-sandi", methods=["GET", "POST"])
@freshly_proved
def new_passkey() -> Any:
    form = NewPasskeyForm()
    actor = current_actor()
    if form.validate_on_submit():
        try:
            challenge = take_challenge()
        except Refusal as refusal:
            form.take(refusal)
        else:
            if attempt(
                form, passkeys.add, answer=form.answer.data or "", challenge=challenge, name=form.name.data, actor=actor,
                now=clock.now(),
            ):  # fmt: skip
                return _protected_now()
    form.answer.data = ""
    user = db.session.get_one(User, actor.user_id)
    offer = passkeys.offer_to_make(user, current_challenge())
    refused = bool(form.errors or form.form_errors)
    return render_template("accounts/new_passkey.html", form=form, offer=offer), 422 if refused else 200


@accounts.post("/keamanan/kunci-sandi/<int:passkey_id>/hapus")
@freshly_proved
def remove_passkey(passkey_id: int) -> Any:
    try:
        passkeys.remove(passkey_id, actor=current_actor(), now=clock.now())
    except Refusal as refusal:
        if refusal.status != Refusal.status:
            raise
        return _refused(refusal)
    flash(_("Kunci sandi dihapus."))
    return redirect(url_for("accounts.security_page"))


@accounts.post("/keamanan/kode-pemulihan")
@freshly_proved
def renew_recovery_codes() -> Any:
    ButtonForm().validate_on_submit()
    codes = second_factor.renew_recovery_codes(actor=current_actor(), now=clock.now())
    return render_template("accounts/recovery_codes.html", codes=codes)


@accounts.post("/sesi/<int:sign_in_id>/akhiri")
@signed_in
def end_sign_in(sign_in_id: int) -> Any:
    actions.end_sign_in(sign_in_id, actor=current_actor(), now=clock.now())
    flash(_("Peramban itu sudah dikeluarkan."))
    return redirect(url_for("accounts.security_page"))


def _protected_now() -> Any:
    """This browser has just proved the new factor; who has no recovery codes yet gets them now, shown once."""
    sid_hash = here()
    if sid_hash is not None:
        sign_ins.note_proved(sid_hash=sid_hash, now=clock.now(), second_factor=True)
    actor = current_actor()
    if get_factors(actor.user_id or 0).codes_left:
        flash(_("Langkah kedua aktif. Mulai sekarang ia diminta setiap kali Anda masuk."))
        return redirect(url_for("accounts.security_page"))
    codes = second_factor.renew_recovery_codes(actor=actor, now=clock.now())
    return render_template("accounts/recovery_codes.html", codes=codes, first=True)


def _refused(refusal: Refusal) -> Any:
    db.session.rollback()
    flash(sentence(refusal), "bad")
    return redirect(url_for("accounts.security_page"))
