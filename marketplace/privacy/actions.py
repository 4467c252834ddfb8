"""What a person does with their rights."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from marketplace.accounts import consents, passwords, sign_ins
from marketplace.accounts.models import User
from marketplace.accounts.rules import PasswordWrong
from marketplace.audit import actions as audit
from marketplace.core.actor import Actor
from marketplace.core.refusal import NotFound
from marketplace.extensions import db
from marketplace.files.storage import file_store
from marketplace.lifecycle.actions import begin, move
from marketplace.mail import actions as mail
from marketplace.privacy import queries, rules
from marketplace.privacy.jobs import make_export
from marketplace.privacy.models import DataExport, Erasure
from marketplace.privacy.rules import ErasureStatus
from marketplace.privacy.stepping import PAGE, TABLE, refuse_while_needed


def agree(*, actor: Actor, now: datetime) -> None:
    """Agrees to the terms and the privacy policy in force."""
    consents.agree_again(_own(actor), actor=actor, now=now)


def ask_for_copy(*, actor: Actor, now: datetime) -> bool:
    """Defers the making of the person's copy; False where one was asked for just now."""
    user = _own(actor)
    before = queries.find_export(user.id)
    old_key = before.storage_key if before else None
    values = {"asked_at": now, "ready_at": None, "storage_key": f"exports/{uuid4().hex}.zip", "size": 0}
    statement = insert(DataExport).values(user_id=user.id, **values)
    number = db.session.scalar(
        statement.on_conflict_do_update(
            index_elements=[DataExport.user_id], set_=values,
            where=DataExport.asked_at <= now - rules.COPY_AGAIN_AFTER,
        ).returning(DataExport.id)
    )  # fmt: skip
    if number is None:
        return False
    if old_key:
        file_store().delete(old_key)
    audit.record("account:copy_asked", actor=actor, now=now, object_kind="user", object_id=user.id)
    connection = db.session.connection().connection.driver_connection
    make_export.configure(connection=connection).defer(export_id=number)
    return True


def get_copy(*, actor: Actor, now: datetime) -> DataExport:
    """The actor's own copy. Raises NotFound, and CopyGone after its days."""
    row = queries.find_export(_own(actor).id)
    if row is None or row.ready_at is None:
        raise NotFound
    if not rules.is_copy_there(row.ready_at, now):
        raise rules.CopyGone
    return row


def ask_for_erasure(
    *, password: str, phones: str, actor: Actor, now: datetime, but_sid_hash: bytes | None
) -> None:
    """Notes the wish, ends the other sign-ins, mails the way back; a second press changes nothing.

    Raises PasswordWrong, PhoneUnfit, StillNeeded or LastModerator.
    """
    user = _own(actor)
    if not passwords.matches(user, password):
        raise PasswordWrong(field="password")
    numbers = rules.read_phones(phones)
    refuse_while_needed(user.id)
    if queries.find_asked_erasure(user.id):
        return
    row = Erasure(
        user_id=user.id, status=ErasureStatus.ASKED, revision=1, phones="\n".join(numbers), asked_at=now,
        due_at=now + rules.COOLING_OFF,
    )  # fmt: skip
    try:
        begin(row, derived=ErasureStatus.NONE, table=TABLE, actor=actor, now=now)
    except IntegrityError:
        # The other press of the same button was faster.
        return
    consents.take_back(user, now=now)
    sign_ins.end_all(user_id=user.id, now=now, but_sid_hash=but_sid_hash)
    params = {"days": rules.COOLING_OFF.days}
    mail.owe(user_id=user.id, template="erasure_asked", params=params, path=PAGE, now=now)


def cancel_erasure(*, actor: Actor, now: datetime) -> None:
    """Takes the wish back, and agrees anew to the texts in force. Raises NothingAsked."""
    user = _own(actor)
    row = queries.find_asked_erasure(user.id)
    if row is None:
        raise rules.NothingAsked
    move(row, ErasureStatus.CANCELLED, table=TABLE, actor=actor, now=now, values={"phones": ""})
    consents.agree(user, now=now)


def _own(actor: Actor) -> User:
    user = db.session.get(User, actor.user_id) if actor.user_id else None
    if user is None:
        raise NotFound
    return user
