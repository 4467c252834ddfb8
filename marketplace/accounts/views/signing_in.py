from typing import Any

from flask import Response, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_security.utils import login_user, logout_user

from marketplace.accounts import actions, passwords, sign_ins, throttle
from marketplace.accounts.forms import SignInForm
from marketplace.accounts.models import User
from marketplace.accounts.queries import find_by_email
from marketplace.accounts.views.blueprints import security
from marketplace.accounts.views.devices import is_known_here, remember_here
from marketplace.accounts.views.targets import target_or, wanted_target
from marketplace.core import clock
from marketplace.web.actors import current_actor
from marketplace.web.errors import sentence
from marketplace.web.forms import ButtonForm
from marketplace.web.transaction import after_answer, keep_nothing

START = "/dasbor"


@security.route("/masuk", methods=["GET", "POST"])
def login() -> Any:
    form = SignInForm()
    wanted = wanted_target(form.next.data or request.args.get("next"))
    form.next.data = wanted
    if current_actor().is_signed_in:
        return redirect(wanted or target_or(None, START))
    if not form.validate_on_submit():
        return render_template("security/sign_in.html", form=form, wanted=wanted), 422 if form.errors else 200
    return _try(form, wanted)


def _try(form: SignInForm, wanted: str) -> Any:
    email, address = form.email.data or "", request.remote_addr or ""
    user = find_by_email(email)
    known = is_known_here(user)
    try:
        throttle.check_failures(email, address, known_browser=known)
    except throttle.TooManyFailures as refusal:
        return _slow_down(form, wanted, refusal)
    right = passwords.matches(user, form.password.data or "")
    if not right or user is None or not user.active or user.erased_at is not None:
        throttle.note_failure(email, address, known_browser=known)
        keep_nothing()
        form.form_errors.append(_("Surel atau kata sandi tidak cocok."))
        page = make_response(render_template("security/sign_in.html", form=form, wanted=wanted), 422)
        return after_answer(page, sign_ins.note_failed, user_id=user.id if user else None, now=clock.now())
    if user.confirmed_at is None:
        if throttle.may_write_to(email, address):
            actions.send_confirmation(user, now=clock.now(), continue_to=wanted)
        return redirect(url_for("security.check_mail"))
    return _let_in(user, wanted)


def _let_in(user: User, wanted: str) -> Response:
    # A fresh cookie: nothing that was there before the sign-in counts after it.
    session.clear()
    login_user(user, remember=False, authn_via=["password"])
    response = make_response(redirect(wanted or target_or(None, START)))
    remember_here(response, user)
    return response


def _slow_down(form: SignInForm, wanted: str, refusal: throttle.TooManyFailures) -> Any:
    form.form_errors.append(sentence(refusal))
    page = render_template("security/sign_in.html", form=form, wanted=wanted)
    return page, 429, {"Retry-After": str(refusal.params["seconds"])}


@security.route("/keluar", methods=["GET", "POST"])
def logout() -> Any:
    form = ButtonForm()
    if not current_actor().is_signed_in:
        return redirect(target_or(None, "/"))
    if not form.validate_on_submit():
        return render_template("security/sign_out.html", form=form)
    logout_user()
    session.clear()
    return redirect(target_or(None, "/"))
