"""The filters beside a list: every choice with its live count, and what is chosen as chips that come off."""

from collections.abc import Iterable
from dataclasses import dataclass

from marketplace.opportunities.finding import PARAMETERS, RUNGS, STATUSES, Known, Question
from marketplace.opportunities.finding_bands import CODES
from marketplace.opportunities.finding_words import Words
from marketplace.regions.gazetteer import Gazetteer
from marketplace.search.counts import Counts
from marketplace.taxonomy.catalogue import Taxonomy

_FEW = 5


@dataclass(frozen=True, slots=True)
class Option:
    """One row of a group: `glyph` is a dimension's code, `rung` 1 to 6, where one is drawn."""

    value: str
    label: str
    count: int
    checked: bool
    glyph: str | None = None
    rung: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A facet: `show` rows at once, the others behind a fold."""

    name: str
    title: str
    options: list[Option]
    kind: str = "checkbox"
    show: int = 99

    @property
    def folded(self) -> int:
        return max(0, len(self.options) - self.show)


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    url: str


class Filters:
    """The groups and chips of one question, from its counts."""

    def __init__(
        self, question: Question, counts: Counts, terms: Taxonomy, places: Gazetteer, spoken: Words
    ) -> None:
        self._question = question
        self._counts = counts
        self._terms = terms
        self._places = places
        self._words = spoken

    def groups(self) -> list[Group]:
        """All groups in the order of the page; a province that is open brings its kabupaten and kota."""
        spoken = self._words
        groups = [
            self._group("dimensi", self._dimensions()),
            self._group("sektor", self._sectors(), show=_FEW),
            self._group("skema", self._named("skema", self._scheme_names()), show=4),
            self._group("nilai", self._named("nilai", [(code, spoken.bands[code]) for code in CODES])),
            self._group("tahap", self._rungs(), kind="radio"),
            self._group("status", self._statuses()),
            self._group("daerah", self._provinces(), show=_FEW),
        ]
        return groups + [self._children(code) for code in sorted(self._open_provinces())]

    def chips(self, path: str) -> list[Chip]:
        """What is chosen; each address takes one choice off."""
        question = self._question
        taken_off = [
            (self.label(name, value), question.without(name, value))
            for name in PARAMETERS
            for value in question.values(name)
        ]
        if question.text:
            taken_off.insert(0, (f"“{question.text}”", question.without_text()))
        return [Chip(label, path + rest.query()) for label, rest in taken_off]

    def label(self, name: str, value: str) -> str:
        """What a value is called outside its group."""
        if name == "daerah":
            return self._places.by_code[value].display
        if name == "tahap":
            return f"{self._words.at_least} {self._words.readiness[RUNGS[value]]}"
        if name == "dimensi":
            return self._terms.dimensions[value].title
        named = {
            "sektor": lambda: self._terms.sectors[value].name(self._words.language),
            "skema": lambda: self._terms.schemes[value].name(self._words.language),
            "nilai": lambda: self._words.bands[value],
            "status": lambda: self._words.statuses[value],
        }
        return named[name]()

    def _group(self, name: str, options: list[Option], kind: str = "checkbox", show: int = 99) -> Group:
        return Group(name, self._words.titles[name], options, kind, show)

    def _named(self, name: str, pairs: Iterable[tuple[str, str]]) -> list[Option]:
        counts, chosen = self._counts[PARAMETERS[name]], self._question.values(name)
        return [Option(code, label, counts.get(code, 0), code in chosen) for code, label in pairs]

    def _scheme_names(self) -> list[tuple[str, str]]:
        """The most used first, so that those behind the fold matter least."""
        counts = self._counts[PARAMETERS["skema"]]
        terms = sorted(self._terms.schemes.values(), key=lambda term: -counts.get(term.code, 0))
        return [(term.code, term.name(self._words.language)) for term in terms]

    def _dimensions(self) -> list[Option]:
        counts, chosen = self._counts[PARAMETERS["dimensi"]], self._question.values("dimensi")
        return [
            Option(term.code, term.title, counts.get(term.code, 0), term.code in chosen, glyph=term.code)
            for term in self._terms.dimensions.values()
        ]

    def _sectors(self) -> list[Option]:
        """Those that find something, the fullest first; chosen ones stay in sight."""
        pairs = [(term.code, term.name(self._words.language)) for term in self._terms.sectors.values()]
        return _fullest(self._named("sektor", pairs))

    def _rungs(self) -> list[Option]:
        counts, chosen = self._counts[PARAMETERS["tahap"]], self._question.values("tahap") or ("ide",)
        return [
            Option(word, self._words.readiness[step], counts[str(step.rung)], word in chosen, rung=step.rung)
            for word, step in RUNGS.items()
        ]

    def _statuses(self) -> list[Option]:
        counts, chosen = self._counts[PARAMETERS["status"]], self._question.values("status")
        return [
            Option(word, self._words.statuses[word], counts[status.value], word in chosen)
            for word, status in STATUSES.items()
        ]

    def _open_provinces(self) -> set[str]:
        return {code[:2] for code in self._question.values("daerah")}

    def _provinces(self) -> list[Option]:
        counts, opened = self._counts[PARAMETERS["daerah"]], self._open_provinces()
        options = [
            Option(place.code, place.short_name, counts.get(place.code, 0), place.code in opened)
            for place in self._places.provinces
        ]
        return _fullest(options)

    def _children(self, province: str) -> Group:
        counts, chosen = self._counts[PARAMETERS["daerah"]], self._question.values("daerah")
        options = [
            Option(place.code, place.display, counts.get(place.code, 0), place.code in chosen)
            for place in self._places.children(province)
        ]
        return Group("daerah", self._places.by_code[province].display, _fullest(options), show=_FEW)


def _fullest(options: list[Option]) -> list[Option]:
    kept = [option for option in options if option.count or option.checked]
    return sorted(kept, key=lambda option: (not option.checked, -option.count, option.label))


def known_codes(terms: Taxonomy, places: Gazetteer) -> Known:
    """Every code that may stand in an address."""
    return Known(terms.dimensions, terms.sectors, places.by_code, terms.schemes)
