"""The address of a question: read leniently, written in one way."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol
from urllib.parse import urlencode

from marketplace.core.paging import parse_page
from marketplace.core.text import clean_line, without_bad_codepoints
from marketplace.opportunities.finding.bands import CODES
from marketplace.opportunities.rules import Readiness
from marketplace.partners.rules import PartnerKind
from marketplace.search.query import SearchRequest, Sort
from marketplace.search.schema import NO_DEADLINE, Facet, Status
from marketplace.search.windows import DAYS

PAGE_SIZE = 20
_LONGEST_TEXT = 200

# The words of addresses, in the order in which addresses list them.
PARAMETERS = {
    "dimensi": Facet.DIMENSION,
    "sektor": Facet.SECTOR,
    "kbli": Facet.KBLI,
    "daerah": Facet.REGION,
    "skema": Facet.SCHEME,
    "tahap": Facet.READINESS,
    "nilai": Facet.VALUE,
    "tenggat": Facet.DEADLINE,
    "status": Facet.STATUS,
    "mitra": Facet.PARTNER,
    "sejak": Facet.POSTED,
    "angkatan": Facet.COHORT,
    "klaster": Facet.CLUSTER,
}
STATUSES = {"terbuka": Status.OPEN, "ditutup": Status.CLOSED, "contoh": Status.EXAMPLE}
# Both are windows of days that hold the shorter ones; "tanpa" is a listing that states no deadline.
POSTED = tuple(str(days) for days in DAYS)
DEADLINES = {**dict(zip(POSTED, POSTED, strict=True)), "tanpa": NO_DEADLINE}
SORTS = {"relevan": Sort.RELEVANCE, "terbaru": Sort.NEWEST, "tenggat": Sort.DEADLINE, "nilai": Sort.VALUE}
PARTNERS = tuple(kind.value for kind in PartnerKind)
RUNGS = {
    "ide": Readiness.IDEA,
    "konsep": Readiness.CONCEPT,
    "pra-fs": Readiness.PRE_FS,
    "fs": Readiness.FS,
    "siap-tawar": Readiness.READY,
    "transaksi": Readiness.TRANSACTION,
}


class Arguments(Protocol):
    """What a question is read from: the request's arguments."""

    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Known:
    """The codes that exist; anything else in an address is ignored."""

    dimensions: Collection[str]
    sectors: Collection[str]
    regions: Collection[str]
    schemes: Collection[str]
    kbli: Collection[str] = ()
    cohorts: Collection[str] = ()
    clusters: Collection[str] = ()

    def values(self, parameter: str) -> Collection[str]:
        return {
            "dimensi": self.dimensions,
            "sektor": self.sectors,
            "kbli": self.kbli,
            "daerah": self.regions,
            "skema": self.schemes,
            "tahap": RUNGS,
            "nilai": CODES,
            "tenggat": DEADLINES,
            "status": STATUSES,
            "mitra": PARTNERS,
            "sejak": POSTED,
            "angkatan": self.cohorts,
            "klaster": self.clusters,
        }[parameter]


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody looks for, in the words of the address."""

    text: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "terbaru"
    page: int = 1

    @property
    def usual_sort(self) -> str:
        return "relevan" if self.text else "terbaru"

    def values(self, parameter: str) -> tuple[str, ...]:
        return self.chosen.get(parameter, ())

    def pairs(self, *but: str) -> list[tuple[str, str]]:
        """The parameters of the canonical address, those named left out."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(name, value) for name in PARAMETERS for value in self.values(name)]
        pairs += [("urut", self.sort)] if self.sort != self.usual_sort else []
        pairs += [("halaman", str(self.page))] if self.page > 1 else []
        return [pair for pair in pairs if pair[0] not in but]

    def pairs_of(self, *names: str) -> list[tuple[str, str]]:
        """Those parameters of the canonical address."""
        return [pair for pair in self.pairs() if pair[0] in names]

    def query(self, *but: str) -> str:
        """The canonical query with its question mark; "" when nothing is asked."""
        pairs = self.pairs(*but)
        return f"?{urlencode(pairs)}" if pairs else ""

    def without(self, parameter: str, value: str | None = None) -> "Question":
        """The question with one choice (or all of that parameter) taken off, from its first page."""
        kept = tuple(each for each in self.values(parameter) if value is not None and each != value)
        chosen = {name: values for name, values in self.chosen.items() if name != parameter}
        return replace(self, chosen=chosen | ({parameter: kept} if kept else {}), page=1)

    def without_text(self) -> "Question":
        sort = "terbaru" if self.sort == "relevan" else self.sort
        return replace(self, text="", sort=sort, page=1)

    def with_text(self, text: str) -> "Question":
        """The same question in other words, from its first page."""
        return replace(self, text=text[:_LONGEST_TEXT], page=1)

    @property
    def narrowings(self) -> int:
        """How many choices are made, for "Saring (3)"."""
        return sum(len(values) for values in self.chosen.values())

    def request(self, now: datetime) -> SearchRequest:
        """The question as the search understands it."""
        chosen = {PARAMETERS[name]: _codes(name, values) for name, values in self.chosen.items()}
        return SearchRequest(now, self.text, chosen, SORTS[self.sort], self.page, PAGE_SIZE)


def parse(arguments: Arguments, known: Known) -> Question:
    """The question of an address. Unknown words and values are ignored, the rest is put in one order."""
    text = clean_line(without_bad_codepoints(_first(arguments.getlist("q"))))[:_LONGEST_TEXT]
    chosen = {}
    for name in PARAMETERS:
        values = _canonical(name, arguments.getlist(name), known)
        if values:
            chosen[name] = values
    sort = _first(arguments.getlist("urut"))
    usual = "relevan" if text else "terbaru"
    if sort not in SORTS or (sort == "relevan" and not text):
        sort = usual
    return Question(text, chosen, sort, parse_page(_first(arguments.getlist("halaman"))))


def _first(values: Sequence[str]) -> str:
    return values[0] if values else ""


def _canonical(name: str, given: Sequence[str], known: Known) -> tuple[str, ...]:
    if not given:
        return ()
    allowed = known.values(name)
    values = {value for value in given if value in allowed}
    if name == "daerah":
        # A kabupaten or kota is narrower than its province, and a form sends both.
        return tuple(sorted(values - {value[:2] for value in values if len(value) > 2}))
    if name == "tahap":
        lowest = next((rung for rung in RUNGS if rung in values), "ide")
        return () if lowest == "ide" else (lowest,)
    if name == "sejak":
        return tuple(value for value in POSTED if value in values)[-1:]
    if name == "status" and len(values) == len(STATUSES):
        return ()
    return tuple(value for value in allowed if value in values)


def _codes(name: str, values: tuple[str, ...]) -> tuple[str, ...]:
    if name == "status":
        return tuple(STATUSES[value].value for value in values)
    if name == "tenggat":
        return tuple(DEADLINES[value] for value in values)
    if name == "tahap":
        return tuple(str(RUNGS[value].rung) for value in values)
    return values
