"""Letters about a watched listing, decided when they are sent: with the link that ends them, and to nobody who has."""

from datetime import datetime

from flask import current_app

from marketplace.mail.models import Delivery
from marketplace.mail.sending import Prepared
from marketplace.mail.stopping import stop_headers
from marketplace.saved import watch_links
from marketplace.saved.queries import find_marks

# Of these templates; colleagues get some of them too, for their work on the listing.
TEMPLATES = (
    "opportunity_updated", "opportunity_addendum", "opportunity_deadline", "opportunity_outcome",
    "opportunity_withdrawn", "question_published",
)  # fmt: skip


def prepare(delivery: Delivery, language: str, now: datetime) -> Prepared | None:
    """The letter with its link; a colleague's as it was owed. None where its reader has ended the letters meanwhile."""
    opportunity_id, user_id = delivery.params.get("watched"), delivery.user_id
    if opportunity_id is None or user_id is None:
        return Prepared(delivery.params)
    if not find_marks(user_id, opportunity_id).by_mail:
        return None
    prefix = "/en" if language == "en" else ""
    token = watch_links.make_token(opportunity_id, user_id)
    link = f"{current_app.config['BASE_URL']}{prefix}{watch_links.PATH}/{token}"
    return Prepared({**delivery.params, "stop_link": link}, stop_headers(link))
