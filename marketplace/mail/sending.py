"""Renders one owed message in its reader's language and hands it to the transport."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, render_template
from flask_babel import force_locale
from sqlalchemy import select, text

from marketplace.extensions import db
from marketplace.mail.models import Delivery
from marketplace.mail.transport import get_transport

# By SQL, since mail stands left of accounts and may not import it.
_READER = text("SELECT email, name, language FROM users WHERE id = :id AND erased_at IS NULL")


def deliver(delivery_id: uuid.UUID, *, now: datetime) -> bool:
    """Whether the message was sent by this call; False where it was sent before or its reader is gone."""
    delivery = db.session.scalar(
        select(Delivery).where(Delivery.id == delivery_id, Delivery.sent_at.is_(None)).with_for_update()
    )
    if delivery is None:
        return False
    reader = _find_reader(delivery)
    if reader is not None:
        get_transport(current_app.config).send(compose(delivery, reader), str(delivery.id))
    delivery.sent_at = now
    delivery.params, delivery.address = {}, None
    return reader is not None


@dataclass(frozen=True, slots=True)
class Stranger:
    """A reader without an account: nobody knows a name."""

    email: str
    language: str
    name: str = ""


def _find_reader(delivery: Delivery) -> Any:
    if delivery.language is not None:
        return Stranger(delivery.address or "", delivery.language)
    return db.session.execute(_READER, {"id": delivery.user_id}).first()


def compose(delivery: Delivery, reader: Any) -> EmailMessage:
    """The message: one-line subject, plain text and HTML, links from the configured base only."""
    config = current_app.config
    prefix = "/en" if reader.language == "en" else ""
    context = {
        **delivery.params,
        "reader_name": reader.name,
        "link": f"{config['BASE_URL']}{prefix}{delivery.path}",
        "home": f"{config['BASE_URL']}{prefix}/",
        "lang": reader.language,
    }
    folder = f"emails/{delivery.template}"
    # A context of its own: the catalogue is held once a context, and this reader's may be another.
    with current_app.app_context(), force_locale(reader.language):
        subject = " ".join(render_template(f"{folder}/subject.txt", **context).split())
        body = render_template(f"{folder}/body.txt", **context).strip() + "\n"
        page = render_template(f"{folder}/body.html", **context)
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = config["MAIL_FROM"]
    message["To"] = delivery.address or reader.email
    message["Date"] = format_datetime(delivery.created_at)
    message["Message-ID"] = f"<{delivery.id}@{urlsplit(config['BASE_URL']).hostname}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body)
    message.add_alternative(page, subtype="html")
    return message
