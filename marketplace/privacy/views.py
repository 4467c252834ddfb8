"""A person's own data: what is held, the copy, agreeing, being erased."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from marketplace.accounts import throttle
from marketplace.accounts.forms import LANGUAGE_NAMES
from marketplace.accounts.queries import list_consents
from marketplace.accounts.rules import TERMS_VERSION
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.personal import Person
from marketplace.files.serving import send_bytes
from marketplace.organisations.labels import ROLE
from marketplace.privacy import actions, labels, queries, rules
from marketplace.privacy.forms import ErasureForm
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor, hash_sid
from marketplace.web.formats import tanggal
from marketplace.web.forms import attempt

FILES_SHOWN = 10
CONSENTS_SHOWN = 12

privacy = Blueprint("privacy", __name__)


@privacy.get("")
@signed_in
def show() -> str:
    actor, now = current_actor(), clock.now()
    person = _person(actor)
    copy = queries.find_export(person.user_id)
    return render_template(
        "privacy/show.html",
        email=current_user.email,
        joined=current_user.created_at,
        terms_version=current_user.terms_version,
        current_version=TERMS_VERSION,
        consents=list_consents(person.user_id)[:CONSENTS_SHOWN],
        counts=queries.count_held(person),
        files=queries.list_own_files(person.user_id, limit=FILES_SHOWN),
        copy=copy,
        copy_there=copy is not None and rules.is_copy_there(copy.ready_at, now),
        copy_again=copy is None or rules.may_renew_copy(copy.asked_at, now),
        copy_days=rules.COPY_LASTS.days,
        erasure=queries.find_asked_erasure(person.user_id),
        days=rules.COOLING_OFF.days,
        labels=labels,
        roles=ROLE,
        languages=LANGUAGE_NAMES,
    )


@privacy.post("/persetujuan")
@signed_in
def agree() -> AnyResponse:
    actions.agree(actor=current_actor(), now=clock.now())
    flash(_("Persetujuan Anda tercatat."), "good")
    return redirect(url_for(".show"))


@privacy.post("/salinan")
@signed_in
def ask_for_copy() -> AnyResponse:
    if actions.ask_for_copy(actor=current_actor(), now=clock.now()):
        flash(_("Salinan sedang disiapkan. Anda dikabari begitu siap."), "good")
    else:
        flash(_("Salinan sudah diminta kurang dari satu jam lalu; yang itu saja yang disiapkan."))
    return redirect(url_for(".show"))


@privacy.get("/salinan/unduh")
@signed_in
def download() -> Response:
    copy = actions.get_copy(actor=current_actor(), now=clock.now())
    name = f"data-titik-temu-{copy.asked_at:%Y-%m-%d}.zip"
    return send_bytes(copy.storage_key, name=name, media_type="application/zip", size=copy.size)


@privacy.route("/hapus", methods=["GET", "POST"])
@signed_in
def erase() -> Any:
    actor, form = current_actor(), ErasureForm()
    email, address = current_user.email, request.remote_addr or ""
    if form.validate_on_submit():
        try:
            throttle.check_failures(email, address, known_browser=True)
        except throttle.TooManyFailures as refusal:
            form.take(refusal)
            return _erase_page(actor, form), 429, {"Retry-After": str(refusal.params["seconds"])}
        if attempt(
            form, actions.ask_for_erasure, password=form.password.data, phones=form.phones.data or "", actor=actor,
            now=clock.now(), but_sid_hash=_here(),
        ):  # fmt: skip
            flash(_("Permintaan tercatat. Sampai tanggal itu Anda dapat membatalkannya di sini."), "good")
            return redirect(url_for(".show"))
        if form.password.errors:
            throttle.note_failure(email, address, known_browser=True)
    return _erase_page(actor, form), 422 if form.errors else 200


def _erase_page(actor: Actor, form: ErasureForm) -> str:
    user_id = actor.user_id or 0
    return render_template(
        "privacy/erase.html",
        form=form,
        obstacles=queries.list_obstacles(user_id),
        erasure=queries.find_asked_erasure(user_id),
        files=queries.list_own_files(user_id, limit=FILES_SHOWN),
        days=rules.COOLING_OFF.days,
        until=tanggal(clock.now() + rules.COOLING_OFF),
    )


@privacy.post("/hapus/batal")
@signed_in
def cancel_erasure() -> AnyResponse:
    actions.cancel_erasure(actor=current_actor(), now=clock.now())
    flash(_("Penghapusan dibatalkan. Akun Anda tetap ada."), "good")
    return redirect(url_for(".show"))


def _person(actor: Actor) -> Person:
    ours = tuple(place.organisation_id for place in actor.memberships)
    return Person(user_id=actor.user_id or 0, at=clock.now(), organisation_ids=ours)


def _here() -> bytes | None:
    sid = session.get("sid")
    return hash_sid(sid) if isinstance(sid, str) else None
