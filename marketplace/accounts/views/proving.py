"""Before what is sensitive: the password or a passkey once more."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from marketplace.accounts import passkeys, passwords, rules, sign_ins, throttle
from marketplace.accounts.forms import PasskeyForm, ProveForm
from marketplace.accounts.queries import get_factors
from marketplace.accounts.views.account import here
from marketplace.accounts.views.blueprints import accounts
from marketplace.accounts.views.challenges import current_challenge, take_challenge
from marketplace.accounts.views.targets import target_or, wanted_target
from marketplace.core import clock
from marketplace.core.refusal import Refusal
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.errors import sentence
from marketplace.web.transaction import keep_nothing

AFTERWARDS = "/dasbor/akun/keamanan"


@accounts.route("/pastikan", methods=["GET", "POST"])
@signed_in
def prove() -> Any:
    form = ProveForm()
    form.next.data = wanted_target(form.next.data or request.args.get("next"))
    if not form.validate_on_submit():
        return _page(form), 422 if form.errors else 200
    address = request.remote_addr or ""
    try:
        throttle.check_failures(current_user.email, address, known_browser=True)
        if not passwords.matches(current_user._get_current_object(), form.password.data or ""):
            throttle.note_failure(current_user.email, address, known_browser=True)
            raise rules.PasswordWrong(field="password")
    except throttle.TooManyFailures as refusal:
        form.take(refusal)
        return _page(form), 429, {"Retry-After": str(refusal.params["seconds"])}
    except Refusal as refusal:
        form.take(refusal)
        keep_nothing()
        return _page(form), 422
    return _proved(form.next.data, second=False)


@accounts.post("/pastikan/kunci-sandi")
@signed_in
def prove_by_passkey() -> Any:
    form = PasskeyForm()
    wanted = wanted_target(request.form.get("next"))
    form.validate_on_submit()
    try:
        passkeys.prove(
            form.answer.data or "",
            challenge=take_challenge(),
            now=clock.now(),
            user_id=current_actor().user_id,
        )
    except rules.PasskeyRefused as refusal:
        keep_nothing()
        flash(sentence(refusal), "bad")
        return redirect(url_for("accounts.prove", next=wanted or None))
    return _proved(wanted, second=True)


def _page(form: ProveForm) -> str:
    user_id = current_actor().user_id or 0
    return render_template(
        "accounts/prove.html", form=form,
        question=passkeys.ask(current_challenge(), user_id=user_id) if get_factors(user_id).passkeys else None,
    )  # fmt: skip


def _proved(wanted: str | None, *, second: bool) -> Any:
    sid_hash = here()
    if sid_hash is not None:
        sign_ins.note_proved(sid_hash=sid_hash, now=clock.now(), second_factor=second)
    return redirect(target_or(wanted, AFTERWARDS))
