"""Passkeys (W3C Web Authentication, level 2), by the library webauthn: offered, asked, checked.

A passkey always wants the fingerprint, face or PIN of its owner, so it counts as both factors at once.
"""

import json
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import webauthn
from flask import current_app
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from marketplace.accounts import rules, second_factor
from marketplace.accounts.models import Passkey, User
from marketplace.accounts.queries import list_credentials
from marketplace.core.actor import Actor
from marketplace.core.refusal import NotFound
from marketplace.extensions import db

# What the library raises where an answer is not what it should be, its JSON and CBOR readers included.
UNREADABLE = (WebAuthnException, ValueError, KeyError, TypeError)


def offer_to_make(user: User, challenge: bytes) -> str:
    """The browser's options (JSON) for making a passkey for this account."""
    options = webauthn.generate_registration_options(
        rp_id=_host(), rp_name=second_factor.ISSUER, user_name=user.email, user_display_name=user.name,
        # Tells the account to the device and nobody to anybody.
        user_id=f"titik-temu-{user.id}".encode(), challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[_described(key) for key in list_credentials(user.id)],
    )  # fmt: skip
    return webauthn.options_to_json(options)


def ask(challenge: bytes, *, user_id: int | None = None) -> str:
    """The browser's options (JSON) for proving oneself; of any account where no person is named."""
    options = webauthn.generate_authentication_options(
        rp_id=_host(), challenge=challenge, user_verification=UserVerificationRequirement.REQUIRED,
        allow_credentials=[_described(key) for key in list_credentials(user_id)] if user_id else None,
    )  # fmt: skip
    return webauthn.options_to_json(options)


def add(answer: str, *, challenge: bytes, name: str, actor: Actor, now: datetime) -> Passkey:
    """The passkey that the browser has made. Raises PasskeyRefused, PasskeyTaken, TooManyPasskeys."""
    user = db.session.get(User, actor.user_id) if actor.user_id else None
    if user is None:
        raise NotFound
    # Its row is locked: two tabs do not pass the highest number together.
    db.session.execute(select(User.id).where(User.id == user.id).with_for_update())
    if _count(user.id) >= rules.MOST_PASSKEYS:
        raise rules.TooManyPasskeys(most=rules.MOST_PASSKEYS)
    try:
        made = webauthn.verify_registration_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=_host(), expected_origin=_origin(),
            require_user_verification=True,
        )  # fmt: skip
    except UNREADABLE:
        raise rules.PasskeyRefused from None
    key = Passkey(
        user_id=user.id, credential_id=made.credential_id, public_key=made.credential_public_key,
        sign_count=made.sign_count, transports=_transports(answer), name=name, created_at=now,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(key)
    except IntegrityError:
        raise rules.PasskeyTaken from None
    second_factor.note_change("account:passkey_added", actor, now)
    return key


def prove(answer: str, *, challenge: bytes, now: datetime, user_id: int | None = None) -> User:
    """Whose passkey has answered; only this person's where one is named. Raises PasskeyRefused."""
    key = _find_answering(answer)
    if key is None or (user_id is not None and key.user_id != user_id):
        raise rules.PasskeyRefused
    try:
        proof = webauthn.verify_authentication_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=_host(), expected_origin=_origin(),
            credential_public_key=key.public_key, credential_current_sign_count=key.sign_count,
            require_user_verification=True,
        )  # fmt: skip
    except UNREADABLE:
        raise rules.PasskeyRefused from None
    key.sign_count, key.used_at = proof.new_sign_count, now
    user = db.session.get_one(User, key.user_id)
    if not user.active or user.erased_at is not None or user.confirmed_at is None:
        raise rules.PasskeyRefused
    return user


def remove(passkey_id: int, *, actor: Actor, now: datetime) -> None:
    """One of the person's own passkeys no longer counts. Raises NotFound, SecondFactorDemanded."""
    owned = db.session.scalar(
        select(Passkey.user_id).where(Passkey.id == passkey_id, Passkey.user_id == actor.user_id)
    )
    if owned is None:
        raise NotFound
    second_factor.refuse_to_lose_the_last(owned, passkey=True)
    db.session.execute(delete(Passkey).where(Passkey.id == passkey_id))
    second_factor.note_change("account:passkey_removed", actor, now)
    second_factor.forget_unneeded_codes(owned)


def _count(user_id: int) -> int:
    return db.session.scalar(select(func.count()).where(Passkey.user_id == user_id)) or 0


def _find_answering(answer: str) -> Passkey | None:
    try:
        credential_id = webauthn.base64url_to_bytes(json.loads(answer)["rawId"])
    except UNREADABLE:
        return None
    # Locked: a copied answer sent twice at once is compared with the count of the first.
    return db.session.scalar(select(Passkey).where(Passkey.credential_id == credential_id).with_for_update())


def _transports(answer: str) -> list[str]:
    told: Any = json.loads(answer).get("response", {}).get("transports") or []
    known = {str(way.value) for way in AuthenticatorTransport}
    return [way for way in told if way in known] if isinstance(told, list) else []


def _described(key: Passkey) -> PublicKeyCredentialDescriptor:
    ways = [AuthenticatorTransport(way) for way in key.transports]
    return PublicKeyCredentialDescriptor(id=key.credential_id, transports=ways or None)


def _host() -> str:
    return urlsplit(current_app.config["BASE_URL"]).hostname or "localhost"


def _origin() -> str:
    parts = urlsplit(current_app.config["BASE_URL"])
    return f"{parts.scheme}://{parts.netloc}"
