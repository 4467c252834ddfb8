"""The link in every alert that ends its mails: signed, good for as long as the search lives, no sign-in asked."""

from datetime import datetime

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from marketplace.extensions import db
from marketplace.saved.search_actions import stop_mails
from marketplace.saved.search_models import SavedSearch
from marketplace.saved.search_queries import find_search

PATH = "/pencarian/berhenti"


def make_token(search: SavedSearch) -> str:
    """A token for one search of one person; nothing in the database makes another."""
    token = _serializer().dumps([search.id, search.user_id])
    return token if isinstance(token, str) else token.decode()


def find_by_token(token: str, *, lock: bool = False) -> SavedSearch | None:
    """The search that it was made for; None where it is no token of ours, or the search was deleted."""
    try:
        search_id, user_id = _serializer().loads(token)
    except (BadSignature, ValueError, TypeError):
        return None
    return find_search(search_id, user_id, lock=lock)


def unsubscribe(token: str, *, now: datetime) -> SavedSearch | None:
    """Ends the mails of that search; a second time, or of a deleted one, changes nothing."""
    search = find_by_token(token, lock=True)
    if search is not None:
        stop_mails(search, now=now)
        db.session.flush()
    return search


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="saved-search-mails")
