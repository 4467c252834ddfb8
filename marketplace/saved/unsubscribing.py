"""The link in every alert that ends its mails: signed, good for as long as the search lives, no sign-in asked."""

from datetime import datetime

from marketplace.extensions import db
from marketplace.mail import stopping
from marketplace.saved.search_actions import stop_mails
from marketplace.saved.search_models import SavedSearch
from marketplace.saved.search_queries import find_search

PATH = "/pencarian/berhenti"
KIND = "saved-search-mails"


def make_token(search: SavedSearch) -> str:
    """A token for one search of one person."""
    return stopping.make_token(KIND, (search.id, search.user_id))


def find_by_token(token: str, *, lock: bool = False) -> SavedSearch | None:
    """The search that it was made for; None where it is no token of ours, or the search was deleted."""
    numbers = stopping.read_token(KIND, token)
    return find_search(*numbers, lock=lock) if numbers is not None and len(numbers) == 2 else None


def unsubscribe(token: str, *, now: datetime) -> None:
    """Ends the mails of that search; a second time, or of a deleted one, changes nothing."""
    search = find_by_token(token, lock=True)
    if search is not None:
        stop_mails(search, now=now)
        db.session.flush()
