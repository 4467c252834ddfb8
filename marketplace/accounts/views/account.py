from typing import Any

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user

from marketplace.accounts import actions, throttle
from marketplace.accounts.forms import ChangePasswordForm, ProfileForm
from marketplace.accounts.views.blueprints import accounts
from marketplace.core import clock
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor, hash_sid
from marketplace.web.forms import ButtonForm, attempt


def here() -> bytes | None:
    """The hash of this browser's sid."""
    sid = session.get("sid")
    return hash_sid(sid) if isinstance(sid, str) else None


@accounts.route("", methods=["GET", "POST"])
@signed_in
def show() -> Any:
    actor = current_actor()
    form = ProfileForm(name=actor.name, language=actor.language)
    if form.validate_on_submit() and attempt(
        form,
        actions.edit_profile,
        name=form.name.data,
        language=form.language.data,
        actor=actor,
        now=clock.now(),
    ):
        flash(_("Perubahan tersimpan."))
        return redirect(url_for("accounts.show"))
    page = render_template("accounts/show.html", form=form, email=current_user.email)
    return page, 422 if form.errors else 200


@accounts.route("/kata-sandi", methods=["GET", "POST"])
@signed_in
def password() -> Any:
    actor = current_actor()
    form = ChangePasswordForm()
    address = request.remote_addr or ""
    if form.validate_on_submit():
        try:
            throttle.check_failures(current_user.email, address, known_browser=True)
        except throttle.TooManyFailures as refusal:
            form.take(refusal)
            seconds = str(refusal.params["seconds"])
            return render_template("accounts/password.html", form=form), 429, {"Retry-After": seconds}
        if attempt(
            form, actions.change_password, current=form.current.data, password=form.password.data, actor=actor,
            now=clock.now(), but_sid_hash=here(),
        ):  # fmt: skip
            flash(
                _("Kata sandi baru tersimpan. Peramban lain yang masuk dengan akun Anda sudah dikeluarkan.")
            )
            return redirect(url_for("accounts.show"))
        if form.current.errors:
            throttle.note_failure(current_user.email, address, known_browser=True)
    return render_template("accounts/password.html", form=form), 422 if form.errors else 200


@accounts.post("/sesi")
@signed_in
def end_others() -> Any:
    if ButtonForm().validate_on_submit():
        actions.end_other_sign_ins(actor=current_actor(), now=clock.now(), but_sid_hash=here())
        flash(_("Peramban lain yang masuk dengan akun Anda sudah dikeluarkan."))
    return redirect(url_for("accounts.security_page"))
