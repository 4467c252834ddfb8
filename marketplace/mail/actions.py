from datetime import datetime
from typing import Any

from marketplace.extensions import db
from marketplace.mail.jobs import send_delivery
from marketplace.mail.models import Delivery


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
    delivery = Delivery(
        user_id=user_id, address=address, template=template, params=params, path=path, created_at=now
    )
    db.session.add(delivery)
    db.session.flush()
    connection = db.session.connection().connection.driver_connection
    send_delivery.configure(connection=connection).defer(delivery_id=str(delivery.id))
    return delivery
