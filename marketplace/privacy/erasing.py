"""Erases a person: rows and numbers stay, names, addresses, phones and what was theirs alone go."""

from datetime import datetime

from sqlalchemy import delete, exists, func, select, update

from marketplace.accounts.models import AddressChange, User
from marketplace.audit.models import AuditEvent, AuditWords
from marketplace.core.personal import Holding, Person
from marketplace.extensions import db
from marketplace.files.models import Blob
from marketplace.files.storage import file_store
from marketplace.files.sweeping import links
from marketplace.organisations.models import Member, Organisation
from marketplace.privacy.registry import HOLDINGS
from marketplace.privacy.striking import strike_out


def identify(user_id: int, *, now: datetime, phones: tuple[str, ...] = ()) -> Person:
    """The person as the tables may know them: every name borne here, the address, own phones, organisations."""
    user = db.session.get_one(User, user_id)
    borne = db.session.scalars(
        select(AuditWords.actor_name)
        .join(AuditEvent, AuditEvent.id == AuditWords.event_id)
        .where(AuditEvent.actor_id == user_id, AuditWords.actor_name.is_not(None))
        .distinct()
    )
    ours = tuple(db.session.scalars(select(Member.organisation_id).where(Member.user_id == user_id)))
    alone = _alone_in(ours)
    return Person(
        user_id=user_id,
        at=now,
        names=tuple(sorted({name for name in (user.name, *borne) if name})),
        emails=(user.email, *_former_addresses(user_id)),
        phones=(*phones, *_own_phones(user.email, ours, alone)),
        organisation_ids=ours,
        alone_in=alone,
    )


def _former_addresses(user_id: int) -> list[str]:
    """Addresses that the person proved to be theirs; one that was only typed may be somebody else's."""
    proved = select(AddressChange.new_email).where(
        AddressChange.user_id == user_id, AddressChange.proved_at.is_not(None)
    )
    return list(db.session.scalars(proved))


def _alone_in(organisation_ids: tuple[int, ...]) -> tuple[int, ...]:
    ids = select(Member.organisation_id).where(Member.organisation_id.in_(organisation_ids))
    return tuple(db.session.scalars(ids.group_by(Member.organisation_id).having(func.count() == 1)))


def _own_phones(email: str, ours: tuple[int, ...], alone: tuple[int, ...]) -> list[str]:
    """Phones of offices that are the person: nobody else is there, or the office's address is theirs."""
    theirs = Organisation.id.in_(alone) | (func.lower(Organisation.contact_email) == email.lower())
    wanted = select(Organisation.contact_phone).where(Organisation.id.in_(ours), theirs)
    return [phone for phone in db.session.scalars(wanted) if phone]


def erase(person: Person) -> None:
    """Does it, in this transaction; a second time finds nothing left to do.

    Bytes of files go before the commit: should it fail, the next run finds their rows and goes on.
    """
    for holding in HOLDINGS:
        if holding.first:
            holding.first(person)
    for holding in HOLDINGS:
        if holding.ends:
            db.session.execute(delete(holding.table).where(holding.theirs(person)))
    for holding in HOLDINGS:
        strike_out(holding, person)
    for holding in HOLDINGS:
        _empty(holding, person)
    _delete_lone_files(person)
    db.session.expire_all()


def _empty(holding: Holding, person: Person) -> None:
    if holding.ends or not holding.hers:
        return
    values = {name: value(person) if callable(value) else value for name, value in holding.hers.items()}
    db.session.execute(update(holding.table).where(holding.theirs(person)).values(values))


def _delete_lone_files(person: Person) -> None:
    """The person's files that nothing links to any more, bytes first."""
    lone = [~exists().where(link == Blob.id) for link in links()]
    rows = db.session.execute(
        select(Blob.id, Blob.storage_key).where(Blob.uploaded_by == person.user_id, *lone)
    ).all()
    for row in rows:
        file_store().delete(row.storage_key)
    db.session.execute(delete(Blob).where(Blob.id.in_([row.id for row in rows])))
