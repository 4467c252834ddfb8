"""What invented people keep and watch."""

from datetime import datetime, timedelta

from marketplace.core.actor import Actor
from marketplace.opportunities.models import Opportunity
from marketplace.saved.keeping import keep
from marketplace.saved.watching import watch

# Who keeps which listing, with which note.
KEPT = (
    ("investor", "Tiket terpadu wisata Selat Lembeh", "Tanyakan data kunjungan tiga tahun."),
    ("investor", "Kendali lalu lintas adaptif koridor timur", ""),
    ("fintech", "Air minum kawasan pelabuhan Bitung", ""),
)
WATCHED = (
    ("investor", "Tiket terpadu wisata Selat Lembeh"),
    ("university", "Air minum kawasan pelabuhan Bitung"),
)


def make_keeping(listings: dict[str, Opportunity], people: dict[str, Actor], now: datetime) -> None:
    """Keeps and watches each, an hour apart."""
    for number, (persona, title, note) in enumerate(KEPT):
        keep(listings[title], note=note, actor=people[persona], now=now - timedelta(hours=number))
    for number, (persona, title) in enumerate(WATCHED):
        watch(listings[title], actor=people[persona], now=now - timedelta(hours=number))
