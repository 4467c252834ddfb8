"""What the invented investor looks for: saved some time ago, so that the alerts find something new by themselves."""

from datetime import datetime, timedelta

from marketplace.core.actor import Actor
from marketplace.saved.search_actions import save
from marketplace.saved.search_rules import Cadence
from marketplace.saved.search_words import name_of, question_of

SAVED = timedelta(days=30)
SEARCHES = (
    ("q=air+minum&skema=kpbu", Cadence.INSTANT),
    ("sektor=waste&sektor=wastewater", Cadence.WEEKLY),
)


def save_searches(investor: Actor, now: datetime) -> None:
    """Two searches, one mailed as soon as something is published and one on Mondays."""
    for query, cadence in SEARCHES:
        question = question_of(query)
        save(question, name=name_of(question, "id"), actor=investor, now=now - SAVED, cadence=cadence)
