from datetime import datetime
from typing import Any

from marketplace.extensions import db
from marketplace.mail.jobs import send_delivery
from marketplace.mail.models import Delivery


def owe(*, user_id: int, template: str, params: dict[str, Any], path: str, now: datetime) -> Delivery:
    """Writes the message down and defers its sending, both in this transaction.

    `template` names a folder of templates/emails; `path` is the page it leads to, without language prefix.
    """
    delivery = Delivery(user_id=user_id, template=template, params=params, path=path, created_at=now)
    return _defer(delivery)


def owe_to_address(
    address: str, *, language: str, template: str, params: dict[str, Any], path: str, now: datetime
) -> Delivery:
    """As `owe`, to somebody who has no account (or whose account nobody has proved)."""
    return _defer(
        Delivery(
            address=address, language=language, template=template, params=params, path=path, created_at=now
        )
    )


def _defer(delivery: Delivery) -> Delivery:
    db.session.add(delivery)
    db.session.flush()
    connection = db.session.connection().connection.driver_connection
    send_delivery.configure(connection=connection).defer(delivery_id=str(delivery.id))
    return delivery
