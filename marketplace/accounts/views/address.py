"""A new e-mail address, agreed to in both mailboxes."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from marketplace.accounts import addresses, throttle
from marketplace.accounts.forms import AddressForm
from marketplace.accounts.queries import find_open_address_change
from marketplace.accounts.rules import ADDRESS_CHANGE_WITHIN, LinkDead
from marketplace.accounts.views.blueprints import accounts, security
from marketplace.core import clock
from marketplace.web.access import freshly_proved, signed_in
from marketplace.web.actors import current_actor
from marketplace.web.forms import ButtonForm, attempt

HOURS = int(ADDRESS_CHANGE_WITHIN.total_seconds() // 3600)


@accounts.route("/surel", methods=["GET", "POST"])
@freshly_proved
def address() -> Any:
    form, actor = AddressForm(), current_actor()
    if form.validate_on_submit():
        may_write = throttle.may_write_to(form.email.data or "", request.remote_addr or "")
        if not may_write:
            flash(_("Terlalu banyak surel ke alamat itu. Coba lagi satu jam lagi."), "bad")
            return redirect(url_for("accounts.address"))
        if attempt(form, addresses.ask_change, new_email=form.email.data, actor=actor, now=clock.now()):
            flash(_("Kami menulis ke kedua alamat. Alamat berganti setelah keduanya setuju."))
            return redirect(url_for("accounts.address"))
    under_way = find_open_address_change(actor.user_id or 0)
    page = render_template("accounts/address.html", form=form, under_way=_alive(under_way), hours=HOURS)
    return page, 422 if form.errors else 200


def _alive(change: Any) -> Any:
    return change if change and clock.now() - change.asked_at <= ADDRESS_CHANGE_WITHIN else None


@accounts.post("/surel/batal")
@signed_in
def withdraw_address() -> Any:
    addresses.withdraw(actor=current_actor(), now=clock.now())
    flash(_("Penggantian alamat dibatalkan."))
    return redirect(url_for("accounts.show"))


@security.route("/ganti-surel/<token>", methods=["GET", "POST"])
def agree_to_address(token: str) -> Any:
    form, now = ButtonForm(), clock.now()
    try:
        change, user, from_new = addresses.read_link(token, now=now)
        if form.validate_on_submit():
            if request.form.get("answer") == "no":
                addresses.cancel(token, now=now)
                flash(_("Penggantian alamat ditolak. Alamat Anda tetap."))
                return redirect(url_for("security.login"))
            if addresses.agree(token, now=now):
                flash(_("Alamat surel Anda sudah berganti. Masuklah dengan alamat baru."))
                return redirect(url_for("security.login"))
            return redirect(url_for("security.agree_to_address", token=token))
    except LinkDead:
        return render_template("security/link_dead.html", purpose="address"), LinkDead.status
    return render_template(
        "security/agree_to_address.html", form=form, new_email=change.new_email, from_new=from_new,
        old_email=None if from_new else user.email,
        agreed=(change.proved_at if from_new else change.agreed_at) is not None,
    )  # fmt: skip
