"""Renders one owed message in its reader's language and hands it to the transport."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, render_template
from flask_babel import force_locale
from sqlalchemy import select, text

from marketplace.extensions import db
from marketplace.mail.models import Delivery
from marketplace.mail.transport import get_transport

# By SQL, since mail stands left of accounts and may not import it.
_READER = text("SELECT email, name, language FROM users WHERE id = :id AND erased_at IS NULL")
# An address in a header is folded by nobody: broken or encoded, mail programs would not press it.
_POLICY = EmailPolicy(max_line_length=998, cte_type="7bit")


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a message says as of the moment in which it is sent, and the headers that it has beside the usual ones."""

    params: dict[str, Any]
    headers: dict[str, str] = field(default_factory=dict)


# Delivery, the reader's language and the moment in; None where there is nothing left to say.
Prepare = Callable[[Delivery, str, datetime], Prepared | None]


def init_mail(app: Flask, *, prepare: Mapping[str, Prepare]) -> None:
    """Messages of these templates are finished by their slice when they are sent, not when they are owed."""
    app.extensions["mail_prepare"] = dict(prepare)


def deliver(delivery_id: uuid.UUID, *, now: datetime) -> bool:
    """Whether the message was sent by this call; False where it was sent before, its reader is gone or nothing is left
    to say."""
    delivery = db.session.scalar(
        select(Delivery).where(Delivery.id == delivery_id, Delivery.sent_at.is_(None)).with_for_update()
    )
    if delivery is None:
        return False
    reader = _find_reader(delivery)
    prepared = None if reader is None else _prepare(delivery, reader.language, now)
    if prepared is not None:
        get_transport(current_app.config).send(compose(delivery, reader, prepared), str(delivery.id))
    delivery.sent_at = now
    delivery.params, delivery.address = {}, None
    return prepared is not None


def _prepare(delivery: Delivery, language: str, now: datetime) -> Prepared | None:
    prepare: Prepare | None = current_app.extensions["mail_prepare"].get(delivery.template)
    return Prepared(delivery.params) if prepare is None else prepare(delivery, language, now)


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


def compose(delivery: Delivery, reader: Any, prepared: Prepared | None = None) -> EmailMessage:
    """The message: one-line subject, plain text and HTML, links from the configured base only."""
    config = current_app.config
    prefix = "/en" if reader.language == "en" else ""
    prepared = prepared or Prepared(delivery.params)
    context = {
        **prepared.params,
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
    message = EmailMessage(policy=_POLICY) if prepared.headers else EmailMessage()
    message["Subject"] = subject
    message["From"] = config["MAIL_FROM"]
    message["To"] = delivery.address or reader.email
    message["Date"] = format_datetime(delivery.created_at)
    message["Message-ID"] = f"<{delivery.id}@{urlsplit(config['BASE_URL']).hostname}>"
    message["Auto-Submitted"] = "auto-generated"
    for name, value in prepared.headers.items():
        message[name] = value
    message.set_content(body)
    message.add_alternative(page, subtype="html")
    return message
