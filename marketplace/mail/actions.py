from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.extensions import db
from marketplace.mail.jobs import send_delivery
from marketplace.mail.models import Delivery


@dataclass(frozen=True, slots=True)
class Letter:
    """What one person is told in a message of which everybody has their own."""

    user_id: int
    params: dict[str, Any]
    path: str


def owe(
    *,
    user_id: int,
    template: str,
    params: dict[str, Any],
    path: str,
    now: datetime,
    address: str | None = None,
) -> Delivery:
    """Writes the message down and defers its sending, both in this transaction.

    `template` names a folder of templates/emails; `path` is the page it leads to, without language prefix;
    `address` is where it goes instead of to the account's own address.
    """
    (delivery,) = owe_all([user_id], template=template, params=params, path=path, now=now, address=address)
    return delivery


def owe_all(
    user_ids: Sequence[int],
    *,
    template: str,
    params: dict[str, Any],
    path: str,
    now: datetime,
    address: str | None = None,
) -> list[Delivery]:
    """The same message to each of these people; as many statements for a thousand as for one."""
    owed = [
        Delivery(
            user_id=user_id, address=address, template=template, params=params, path=path, created_at=now
        )
        for user_id in user_ids
    ]
    return _defer(owed)


def owe_each(letters: Iterable[Letter], *, template: str, now: datetime) -> list[Delivery]:
    """A message of their own to each of these people; as many statements for a thousand as for one."""
    return _defer(
        [
            Delivery(
                user_id=letter.user_id,
                template=template,
                params=letter.params,
                path=letter.path,
                created_at=now,
            )
            for letter in letters
        ]
    )


def owe_to_address(
    address: str, *, language: str, template: str, params: dict[str, Any], path: str, now: datetime
) -> Delivery:
    """As `owe`, to somebody who has no account (or whose account nobody has proved)."""
    letter = Delivery(
        address=address, language=language, template=template, params=params, path=path, created_at=now
    )
    return _defer([letter])[0]


def _defer(owed: list[Delivery]) -> list[Delivery]:
    db.session.add_all(owed)
    db.session.flush()
    connection = db.session.connection().connection.driver_connection
    jobs: list[dict[str, Any]] = [{"delivery_id": str(delivery.id)} for delivery in owed]
    if jobs:
        send_delivery.configure(connection=connection).batch_defer(*jobs)
    return owed
