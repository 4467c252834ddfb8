"""Saved searches for tests."""

from datetime import datetime, timedelta
from typing import Any

from marketplace.core import clock
from marketplace.extensions import db
from marketplace.saved.search_actions import save
from marketplace.saved.search_models import SavedSearch
from marketplace.saved.search_rules import Cadence
from marketplace.saved.search_words import question_of
from tests.personas import actor


def a_saved_search(
    query: str = "q=air",
    persona: str = "investor",
    *,
    cadence: Cadence = Cadence.INSTANT,
    since: datetime | None = None,
    **values: Any,
) -> SavedSearch:
    """A search that the persona saved an hour ago, or `since` then."""
    since = since or clock.now() - timedelta(hours=1)
    who = actor(db.session.connection(), persona)
    search, _new = save(question_of(query), name=query or "Semua", actor=who, now=since, cadence=cadence)
    for name, value in values.items():
        setattr(search, name, value)
    db.session.flush()
    return search
