from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from marketplace.accounts import actions, throttle
from marketplace.accounts.forms import ForgotForm, NewPasswordForm
from marketplace.accounts.rules import RESET_WITHIN, LinkDead
from marketplace.accounts.tokens import Purpose, read_token
from marketplace.accounts.views.blueprints import security
from marketplace.accounts.views.devices import remember_here
from marketplace.core import clock
from marketplace.web.forms import attempt


@security.route("/lupa-kata-sandi", methods=["GET", "POST"])
def forgot() -> Any:
    form = ForgotForm()
    if form.validate_on_submit():
        email = form.email.data or ""
        if throttle.may_write_to(email, request.remote_addr or ""):
            actions.send_reset(email, now=clock.now())
        return redirect(url_for("security.forgot_sent"))
    return render_template("security/forgot.html", form=form), 422 if form.errors else 200


@security.get("/lupa-kata-sandi/terkirim")
def forgot_sent() -> str:
    return render_template("security/forgot_sent.html", minutes=int(RESET_WITHIN.total_seconds() // 60))


@security.route("/kata-sandi-baru/<token>", methods=["GET", "POST"])
def reset(token: str) -> Any:
    form = NewPasswordForm()
    try:
        user = read_token(token, Purpose.RESET, now=clock.now())
        if form.validate_on_submit() and attempt(
            form, actions.reset_password, token=token, password=form.password.data, now=clock.now()
        ):
            flash(_("Kata sandi baru tersimpan. Masuklah dengan kata sandi itu."))
            response = make_response(redirect(url_for("security.login")))
            remember_here(response, user)
            return response
    except LinkDead:
        return render_template("security/link_dead.html", purpose="reset"), LinkDead.status
    return render_template("security/reset.html", form=form, email=user.email), 422 if form.errors else 200
