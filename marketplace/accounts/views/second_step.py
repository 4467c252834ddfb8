"""After the right password: a code of the app, a recovery code or a passkey; or a passkey instead of a password."""

from typing import Any

from flask import flash, g, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_security.utils import login_user
from werkzeug.wrappers import Response

from marketplace.accounts import passkeys, second_factor, sign_ins, throttle
from marketplace.accounts.forms import CodeForm, PasskeyForm
from marketplace.accounts.models import User
from marketplace.accounts.queries import get_factors
from marketplace.accounts.rules import SECOND_STEP_WITHIN, CodeWrong, LinkDead, PasskeyRefused
from marketplace.accounts.tokens import Purpose, make_token, read_token
from marketplace.accounts.views.blueprints import security
from marketplace.accounts.views.challenges import current_challenge, take_challenge
from marketplace.accounts.views.devices import is_known_here, remember_here
from marketplace.accounts.views.targets import target_or, wanted_target
from marketplace.core import clock
from marketplace.web.access import for_visitors
from marketplace.web.actors import current_actor
from marketplace.web.errors import sentence
from marketplace.web.transaction import after_answer, keep_nothing
from marketplace.web.wishes import forget_all_but_the_wish, fulfil, take_wish

START = "/dasbor"
_HALF = "half"


def let_in(user: User, wanted: str, *, second: bool = False) -> Response:
    """Signs the person in with a fresh cookie: nothing that was there before counts after it. What they pressed before
    is done, where it led here."""
    wish = take_wish(wanted)
    session.clear()
    g.second_factor_proved = second
    login_user(user, remember=False, authn_via=["password"])
    target = wanted_target(fulfil(wish)) if wish else ""
    response = make_response(redirect(target or wanted or target_or(None, START)))
    remember_here(response, user)
    return response


def ask_second_step(user: User, wanted: str) -> Response:
    """Keeps in the signed cookie that the password was right, for ten minutes; the person is not signed in yet."""
    forget_all_but_the_wish()
    token = make_token(user, Purpose.SECOND_STEP, now=clock.now(), lasts=SECOND_STEP_WITHIN)
    session[_HALF] = {"token": token, "wanted": wanted}
    return redirect(url_for("security.second_step"))


def _half_signed_in() -> tuple[User, str] | None:
    half = session.get(_HALF)
    if not isinstance(half, dict):
        return None
    try:
        user = read_token(half["token"], Purpose.SECOND_STEP, now=clock.now())
    except LinkDead:
        return None
    return user, wanted_target(half["wanted"])


@security.route("/masuk/dua-langkah", methods=["GET", "POST"])
@for_visitors("security.second_step")
def second_step() -> Any:
    if current_actor().is_signed_in:
        return redirect(target_or(None, START))
    half = _half_signed_in()
    if half is None:
        flash(_("Waktu untuk langkah kedua habis. Masuklah sekali lagi."), "info")
        return redirect(url_for("security.login"))
    user, wanted = half
    form = CodeForm()
    if not form.validate_on_submit():
        return _page(form, user), 422 if form.errors else 200
    known_here = is_known_here(user)
    try:
        throttle.check_codes(user.id, known_here=known_here)
        second_factor.check_code(user.id, form.code.data or "", now=clock.now())
    except throttle.TooManyFailures as refusal:
        form.take(refusal)
        return _page(form, user), 429, {"Retry-After": str(refusal.params["seconds"])}
    except CodeWrong as refusal:
        throttle.note_wrong_code(user.id, known_here=known_here)
        keep_nothing()
        form.take(refusal)
        page = make_response(_page(form, user), 422)
        return after_answer(page, sign_ins.note_failed, user_id=user.id, now=clock.now())
    return let_in(user, wanted, second=True)


def _page(form: CodeForm, user: User) -> str:
    factors = get_factors(user.id)
    return render_template(
        "security/second_step.html", form=form, factors=factors,
        question=passkeys.ask(current_challenge(), user_id=user.id) if factors.passkeys else None,
    )  # fmt: skip


@security.post("/masuk/kunci-sandi")
@for_visitors("security.login")
def passkey_sign_in() -> Any:
    """A passkey instead of a password, or as the second step after one."""
    if current_actor().is_signed_in:
        return redirect(target_or(None, START))
    half = _half_signed_in()
    wanted = half[1] if half else wanted_target(request.form.get("next"))
    form = PasskeyForm()
    form.validate_on_submit()
    try:
        user = passkeys.prove(
            form.answer.data or "", challenge=take_challenge(), now=clock.now(),
            user_id=half[0].id if half else None,
        )  # fmt: skip
    except PasskeyRefused as refusal:
        keep_nothing()
        flash(sentence(refusal), "bad")
        back = make_response(
            redirect(url_for("security.second_step" if half else "security.login", next=wanted or None))
        )
        return after_answer(back, sign_ins.note_failed, user_id=half[0].id if half else None, now=clock.now())
    return let_in(user, wanted, second=True)
