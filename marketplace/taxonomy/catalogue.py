"""Dimensions, sectors and schemes as values, held by each process: names without a query."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A code with its names; `name` is the one for a language."""

    code: str
    name_id: str
    name_en: str

    def name(self, language: str) -> str:
        """The name for a reader of that language ("id" or "en")."""
        return self.name_en if language == "en" else self.name_id


@dataclass(frozen=True, slots=True)
class DimensionTerm(Term):
    """`title` is the programme's own name ("Smart Living"), used in both languages."""

    title: str
    position: int


@dataclass(frozen=True, slots=True)
class Kbli:
    """One business of BPS's classification."""

    edition: str
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class SectorTerm(Term):
    dimension_code: str
    oc4ids_code: str
    kbli: tuple[Kbli, ...]


# A card has room for two words; the Indonesian names are that short already.
_BRIEF_IN_ENGLISH = {
    "apbd": "Budget (APBD)",
    "kpbu": "PPP (KPBU)",
    "bgs": "BOT (BGS)",
    "bsg": "BTO (BSG)",
    "tjsl": "CSR (TJSL)",
    "hibah": "Grant",
    "pinjaman": "Regional loan",
    "swasta": "Private",
}


@dataclass(frozen=True, slots=True)
class SchemeTerm(Term):
    long_name_id: str
    source: str

    @property
    def sourced(self) -> bool:
        """Whether the meaning was read somewhere."""
        return self.source != "unsourced"

    def brief(self, language: str) -> str:
        """The name as a card shows it; the abbreviation of the law where English has no short word."""
        return _BRIEF_IN_ENGLISH.get(self.code, self.name_id) if language == "en" else self.name_id


class Taxonomy:
    """Lookups over dimensions, sectors and schemes in the programme's order, and businesses by code."""

    def __init__(
        self,
        dimensions: Iterable[DimensionTerm],
        sectors: Iterable[SectorTerm],
        schemes: Iterable[SchemeTerm],
        businesses: Iterable[Kbli] = (),
    ) -> None:
        self.dimensions = {term.code: term for term in dimensions}
        self.sectors = {term.code: term for term in sectors}
        self.schemes = {term.code: term for term in schemes}
        self.kbli = {each.code: each for each in businesses}

    def sectors_of(self, dimension_code: str) -> list[SectorTerm]:
        """The sub-sectors of a dimension."""
        return [term for term in self.sectors.values() if term.dimension_code == dimension_code]

    def businesses_of(self, code: str | None, sector_code: str | None) -> tuple[Kbli, ...]:
        """The business of a listing: the one that was chosen, or else those of its sector."""
        if code in self.kbli:
            return (self.kbli[code],)
        sector = self.sectors.get(sector_code or "")
        return sector.kbli if sector else ()

    def dimension_title(self, code: str) -> str:
        """The dimension's name on every page: "Smart Living"."""
        return self.dimensions[code].title

    def sector_name(self, code: str, language: str) -> str:
        """The sector's name for a reader of that language."""
        return self.sectors[code].name(language)

    def scheme_name(self, code: str, language: str) -> str:
        """The scheme's short name for a reader of that language."""
        return self.schemes[code].name(language)

    def scheme_names(self, codes: Iterable[str], language: str) -> str:
        """Several schemes in one phrase; "" for none."""
        return ", ".join(self.scheme_name(code, language) for code in codes)

    def scheme_briefs(self, codes: Iterable[str], language: str) -> str:
        """Several schemes as a card shows them; "" for none."""
        return ", ".join(self.schemes[code].brief(language) for code in codes)
