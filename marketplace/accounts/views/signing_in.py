from typing import Any

from flask import make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_security.utils import logout_user

from marketplace.accounts import actions, passkeys, passwords, sign_ins, throttle
from marketplace.accounts.forms import SignInForm
from marketplace.accounts.queries import find_by_email, get_factors
from marketplace.accounts.views.blueprints import security
from marketplace.accounts.views.challenges import current_challenge
from marketplace.accounts.views.devices import is_known_here
from marketplace.accounts.views.second_step import START, ask_second_step, let_in
from marketplace.accounts.views.targets import target_or, wanted_target
from marketplace.core import clock
from marketplace.web.access import for_visitors
from marketplace.web.actors import current_actor
from marketplace.web.errors import sentence
from marketplace.web.forms import ButtonForm
from marketplace.web.transaction import after_answer, keep_nothing
from marketplace.web.wishes import promise


@security.route("/masuk", methods=["GET", "POST"])
@for_visitors("security.login")
def login() -> Any:
    form = SignInForm()
    wanted = wanted_target(form.next.data or request.args.get("next"))
    form.next.data = wanted
    if current_actor().is_signed_in:
        return redirect(wanted or target_or(None, START))
    if not form.validate_on_submit():
        return _page(form, wanted), 422 if form.errors else 200
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
        page = make_response(_page(form, wanted), 422)
        return after_answer(page, sign_ins.note_failed, user_id=user.id if user else None, now=clock.now())
    if user.confirmed_at is None:
        if throttle.may_write_to(email, address):
            actions.send_confirmation(user, now=clock.now(), continue_to=wanted)
        return redirect(url_for("security.check_mail"))
    return ask_second_step(user, wanted) if get_factors(user.id).any else let_in(user, wanted)


def _page(form: SignInForm, wanted: str) -> str:
    return render_template(
        "security/sign_in.html", form=form, wanted=wanted, promise=promise(wanted),
        question=passkeys.ask(current_challenge()),
    )  # fmt: skip


def _slow_down(form: SignInForm, wanted: str, refusal: throttle.TooManyFailures) -> Any:
    form.form_errors.append(sentence(refusal))
    return _page(form, wanted), 429, {"Retry-After": str(refusal.params["seconds"])}


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
