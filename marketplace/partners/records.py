"""What a partner has done: adding, editing and removing an entry of its track record."""

from dataclasses import asdict, dataclass
from datetime import datetime

from marketplace.core.actor import Actor
from marketplace.core.dates import HOME_ZONE, local_day
from marketplace.core.refusal import NotFound
from marketplace.extensions import db
from marketplace.organisations import actions as organisations
from marketplace.organisations.rules import ChangedMeanwhile
from marketplace.partners import queries, rules
from marketplace.partners.models import TrackRecord
from marketplace.partners.policy import get_editable


@dataclass(frozen=True, slots=True)
class Record:
    """One project as its form gives it; shown by a link, in words, or both."""

    title: str
    place: str
    year: int | None
    value_idr: int | None
    evidence_url: str
    evidence_words: str
    sector_code: str | None = None


def _check(record: Record, now: datetime) -> None:
    rules.check_year(record.year, this_year=local_day(now, HOME_ZONE).year)
    rules.check_evidence(record.evidence_url, record.evidence_words)


def _is(row: TrackRecord, record: Record) -> bool:
    return all(getattr(row, name) == value for name, value in asdict(record).items())


def add_record(organisation_id: int, record: Record, *, actor: Actor, now: datetime) -> None:
    """Adds it; pressed twice, it is there once. Raises TooManyRecords or rules' refusals."""
    get_editable(organisation_id, actor)
    organisation = organisations.lock_for_edit(organisation_id, actor=actor, seen=None)
    _check(record, now)
    kept = queries.list_track_records(organisation_id)
    if any(_is(row, record) for row in kept):
        return
    rules.check_record_count(len(kept))
    db.session.add(TrackRecord(organisation_id=organisation_id, **asdict(record)))
    organisations.note_edit("organisation:record_added", organisation, actor=actor, now=now)


def edit_record(
    organisation_id: int, record_id: int, record: Record, *, actor: Actor, now: datetime, seen: int
) -> None:
    """Writes it over what was read. Raises ChangedMeanwhile, NotFound or rules' refusals."""
    get_editable(organisation_id, actor)
    organisation = organisations.lock_for_edit(organisation_id, actor=actor, seen=None)
    row = queries.find_record(organisation_id, record_id)
    if row is None:
        raise NotFound
    _check(record, now)
    if _is(row, record):
        return
    if seen != organisation.revision:
        raise ChangedMeanwhile
    for name, value in asdict(record).items():
        setattr(row, name, value)
    organisations.note_edit("organisation:record_edited", organisation, actor=actor, now=now)


def remove_record(organisation_id: int, record_id: int, *, actor: Actor, now: datetime) -> None:
    """Takes it away; one that is gone already is no fault."""
    get_editable(organisation_id, actor)
    organisation = organisations.lock_for_edit(organisation_id, actor=actor, seen=None)
    row = queries.find_record(organisation_id, record_id)
    if row is None:
        return
    db.session.delete(row)
    organisations.note_edit("organisation:record_removed", organisation, actor=actor, now=now)
