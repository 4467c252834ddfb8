from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from marketplace.accounts import actions, throttle
from marketplace.accounts.forms import RegisterForm
from marketplace.accounts.rules import CONFIRM_WITHIN, LinkDead
from marketplace.accounts.tokens import Purpose, read_token
from marketplace.accounts.views.blueprints import security
from marketplace.accounts.views.targets import target_or, wanted_target
from marketplace.core import clock
from marketplace.web.access import for_visitors
from marketplace.web.actors import current_actor
from marketplace.web.forms import ButtonForm, attempt
from marketplace.web.language import get_language
from marketplace.web.wishes import promise


@security.route("/daftar", methods=["GET", "POST"])
@for_visitors("security.register")
def register() -> Any:
    form = RegisterForm(language=get_language())
    form.next.data = wanted_target(form.next.data or request.args.get("next"))
    if current_actor().is_signed_in:
        return redirect(target_or(form.next.data, "/dasbor"))
    if form.validate_on_submit() and attempt(
        form,
        actions.register,
        name=form.name.data,
        email=form.email.data,
        password=form.password.data,
        language=form.language.data,
        accepted=form.accepted.data,
        now=clock.now(),
        continue_to=form.next.data,
        may_write=partial(throttle.may_write_to, form.email.data or "", request.remote_addr or ""),
    ):
        return redirect(url_for("security.check_mail"))
    page = render_template("security/register.html", form=form, promise=promise(form.next.data or ""))
    return page, 422 if form.is_submitted() else 200


@security.get("/daftar/periksa-surel")
def check_mail() -> str:
    return render_template("security/check_mail.html", hours=int(CONFIRM_WITHIN.total_seconds() // 3600))


@security.route("/konfirmasi/<token>", methods=["GET", "POST"])
def confirm(token: str) -> Any:
    form = ButtonForm()
    wanted = wanted_target(request.args.get("next"))
    try:
        user = read_token(token, Purpose.CONFIRM, now=clock.now())
        if form.validate_on_submit():
            actions.confirm(token, now=clock.now())
            flash(_("Alamat surel Anda sudah dikonfirmasi. Silakan masuk."))
            return redirect(url_for("security.login", next=wanted or None))
    except LinkDead:
        return render_template("security/link_dead.html", purpose="confirm"), LinkDead.status
    return render_template(
        "security/confirm.html", form=form, email=user.email, done=user.confirmed_at is not None
    )
