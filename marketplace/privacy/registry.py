"""Every table's place: what slices hold of people, and the tables that hold nothing of anybody."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select

from marketplace.accounts import personal as accounts
from marketplace.audit import personal as audit
from marketplace.audit.models import AuditEvent, AuditWords
from marketplace.collaborations import personal as collaborations
from marketplace.core.personal import Holding, Person
from marketplace.files import personal as files
from marketplace.innovations import personal as innovations
from marketplace.interests import personal as interests
from marketplace.mail import personal as mail
from marketplace.matching import personal as matching
from marketplace.moderation import personal as moderation
from marketplace.notifications import personal as notifications
from marketplace.opportunities import personal as opportunities
from marketplace.organisations import personal as organisations
from marketplace.partners import personal as partners
from marketplace.privacy import personal as privacy
from marketplace.saved import personal as saved

# In the order of the page and of the copy.
HOLDINGS: tuple[Holding, ...] = (
    *accounts.HOLDINGS, *organisations.HOLDINGS, *partners.HOLDINGS, *opportunities.HOLDINGS, *interests.HOLDINGS,
    *matching.HOLDINGS, *collaborations.HOLDINGS, *innovations.HOLDINGS, *moderation.HOLDINGS, *files.HOLDINGS,
    *notifications.HOLDINGS, *saved.HOLDINGS, *mail.HOLDINGS, *audit.HOLDINGS, *privacy.HOLDINGS,
)  # fmt: skip

SHIPPED = "reference data that the product ships, from public sources"
# Tables without a person, and why. They may have no column with a person's number.
OF_NOBODY = {
    "alembic_version": "the number of the newest migration",
    "change_followers": "names of followers and how far they have read",
    "changes": "kinds and numbers of what changed",
    "cohort_entries": SHIPPED,
    "deadline_warnings": "numbers of listings, days",
    "demand_counts": "counts of partners by sector, province and size",
    "dimensions": SHIPPED,
    "document_grants": "numbers of organisations",
    "document_visits": "counts of visitors without an account",
    "innovations": SHIPPED,
    "kbli_entries": SHIPPED,
    "rate_hits": "counts under keyed hashes; lapsed ones are deleted every hour (operation/tidying.py)",
    "reference_loads": "digests of the shipped data",
    "match_answers": "numbers of listings and organisations, kinds of answers, scores",
    "match_drafts": "numbers of listings and organisations, scores",
    "match_lists": "numbers of listings and organisations, scores",
    "regions": SHIPPED,
    "roles": "names of staff roles",
    "search_finds": "numbers of saved searches and listings; they go with the search",
    "schemes": SHIPPED,
    "sector_kbli": SHIPPED,
    "sectors": SHIPPED,
    "procrastinate_events": "kinds and times",
    "procrastinate_jobs": "names of tasks and numbers as arguments; done jobs are deleted",
    "procrastinate_periodic_defers": "names of tasks and times",
    "procrastinate_workers": "heartbeats",
}
# A column of one of these types can hold a word about somebody.
WORDY = frozenset(
    {"text", "character varying", "character", "json", "jsonb", "ARRAY", "bytea", "inet", "cidr", "xml", "name",
     "USER-DEFINED"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column as the database describes it; `to_user` where a foreign key leads to an account."""

    table: str
    name: str
    type: str
    to_user: bool


def find_undecided(columns: Iterable[Column]) -> list[str]:
    """A sentence for each column without a place, which says where to write what."""
    held = {holding.table.name: holding for holding in HOLDINGS}
    return [sentence for column in columns if (sentence := _fault(column, held.get(column.table)))]


def _fault(column: Column, holding: Holding | None) -> str:
    name = f"{column.table}.{column.name}"
    if column.table in OF_NOBODY:
        return f"{name} leads to users, but privacy/registry.py says OF_NOBODY" if column.to_user else ""
    if holding is None:
        return (
            f"{name}: no slice says what table {column.table} holds of people. Add a Holding to HOLDINGS in the"
            " slice's personal.py (kinds of columns: core/personal.py), or the table to OF_NOBODY in privacy/registry.py"
        )
    if column.to_user and column.name not in holding.person:
        return f"{name} leads to users: add it to `person` of its Holding in the slice's personal.py"
    if column.type in WORDY and column.name not in holding.decided:
        return (
            f"{name} can hold words: add it to its Holding in the slice's personal.py, as `hers` (said of the person),"
            " `words` (free text that may name people), `offices`, `slugs` or `codes` (of nobody)"
        )
    return ""


def rows_around(holding: Holding, person: Person) -> ColumnElement[bool]:
    """The rows in which words may name the person; for the trail's words, events about near objects of any slice."""
    if holding.table is not AuditWords.__table__:
        return holding.around(person)
    near = [
        and_(
            AuditEvent.object_kind == other.kind,
            AuditEvent.object_id.in_(select(other.table.c.id).where(other.around(person))),
        )
        for other in HOLDINGS
        if other.kind
    ]
    return or_(holding.theirs(person), AuditWords.event_id.in_(select(AuditEvent.id).where(or_(*near))))
