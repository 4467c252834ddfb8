"""Who leads a region, and for how long: heads follow one another, none is forgotten."""

from dataclasses import dataclass
from datetime import date, timedelta

from marketplace.core.refusal import Refusal
from marketplace.core.words import _l

LONGEST_NAME = 120
# A term is five years; more than two in a row is a slip of the pen.
LONGEST_TERM = timedelta(days=11 * 366)


class TermReversed(Refusal):
    message = _l("Akhir masa jabatan lebih awal daripada awalnya. Tukar keduanya bila terbalik.")


class TermTooLong(Refusal):
    message = _l("Masa jabatan ini lebih dari sebelas tahun. Periksa tahunnya.")


class TermBeforeLast(Refusal):
    message = _l("Kepala daerah yang tercatat mulai menjabat %(day)s. Penggantinya mulai sesudah itu.")


@dataclass(frozen=True, slots=True)
class Term:
    """One head's time in office; `until` None: it is not known when it ends."""

    name: str
    begins: date
    until: date | None


def check_term(term: Term, last: Term | None) -> None:
    """Raises TermReversed, TermTooLong or TermBeforeLast."""
    if term.until is not None and term.until <= term.begins:
        raise TermReversed(field="until")
    if term.until is not None and term.until - term.begins > LONGEST_TERM:
        raise TermTooLong(field="until")
    if last is not None and term.begins <= last.begins:
        raise TermBeforeLast(field="begins", day=last.begins)


def end_of_predecessor(until: date | None, successor_begins: date) -> date:
    """When the one before left office: as noted, but before the successor began."""
    eve = successor_begins - timedelta(days=1)
    return eve if until is None else min(until, eve)
