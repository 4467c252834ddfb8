"""The filters beside a list: every choice with its live count, and what is chosen as chips that come off."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from marketplace.opportunities.finding.bands import CODES
from marketplace.opportunities.finding.question import (
    DEADLINES,
    PARAMETERS,
    PARTNERS,
    RUNGS,
    STATUSES,
    Known,
    Question,
)
from marketplace.opportunities.finding.words import Words
from marketplace.programme.grouping import clusters, cohorts
from marketplace.regions.gazetteer import Gazetteer
from marketplace.search.counts import Counts
from marketplace.taxonomy.catalogue import Taxonomy

_FEW = 5


# Not frozen: a page has 150 of them, and freezing takes longer than all else that makes them.
@dataclass(slots=True)
class Option:
    """One row of a group: `glyph` is a dimension's code, `rung` 1 to 6, where one is drawn; `lang` is that of a
    label in another language than the page's. A province that is open has its kabupaten and kota as `children`."""

    value: str
    label: str
    count: int | None
    checked: bool
    glyph: str | None = None
    rung: int | None = None
    lang: str | None = None
    children: "tuple[Option, ...]" = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A facet: `show` rows at once, the others behind a fold; a `rare` one is folded as a whole until it is used."""

    name: str
    title: str
    options: list[Option]
    chosen: int
    kind: str = "checkbox"
    show: int = 99
    rare: bool = False


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
        self._labels = _labels(terms, places, spoken)

    def groups(self) -> list[Group]:
        """All groups in the order of the page."""
        return [
            self._group("dimensi", self._dimensions()),
            self._group("sektor", _fullest(self._options("sektor", self._terms.sectors)), show=_FEW),
            self._group("daerah", self._provinces(), show=_FEW),
            self._group("skema", self._schemes(), show=4),
            self._group("nilai", self._options("nilai", CODES)),
            self._group("tahap", self._rungs(), kind="radio"),
            self._group("tenggat", self._options("tenggat", DEADLINES, DEADLINES.values())),
            self._group("status", self._options("status", STATUSES, STATUSES.values())),
            self._group("mitra", _fullest(self._options("mitra", PARTNERS)), rare=True),
            self._group("kbli", self._businesses(), show=_FEW, rare=True),
            self._group("sejak", self._posted(), kind="radio", rare=True),
            self._group("angkatan", _found(self._options("angkatan", cohorts().names)), rare=True),
            self._group("klaster", _found(self._options("klaster", clusters().names)), rare=True),
        ]

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
        called = value if name == "kbli" else self._labels[name](value)
        before = self._words.before.get(name)
        return f"{before} {called}" if before else called

    def _group(
        self, name: str, options: list[Option], kind: str = "checkbox", show: int = 99, *, rare: bool = False
    ) -> Group:
        chosen = len(self._question.values(name))
        return Group(name, self._words.titles[name], options, chosen, kind, show, rare)

    def _options(self, name: str, values: Iterable[str], codes: Iterable[str] | None = None) -> list[Option]:
        """A row for each value; `codes` are what the search calls them, if it does otherwise."""
        counts, chosen, label = (
            self._counts[PARAMETERS[name]],
            self._question.values(name),
            self._labels[name],
        )
        pairs = zip(values, values if codes is None else codes, strict=True)
        return [Option(value, label(value), counts.get(code, 0), value in chosen) for value, code in pairs]

    def _dimensions(self) -> list[Option]:
        counts, chosen = self._counts[PARAMETERS["dimensi"]], self._question.values("dimensi")
        return [
            Option(term.code, term.title, counts.get(term.code, 0), term.code in chosen, glyph=term.code)
            for term in self._terms.dimensions.values()
        ]

    def _schemes(self) -> list[Option]:
        """The most used first, so that those behind the fold matter least."""
        return sorted(self._options("skema", self._terms.schemes), key=lambda option: -(option.count or 0))

    def _businesses(self) -> list[Option]:
        """KBLI has Indonesian titles only."""
        counts, chosen = self._counts[PARAMETERS["kbli"]], self._question.values("kbli")
        lang, label = None if self._words.language == "id" else "id", self._labels["kbli"]
        return _fullest(
            Option(code, label(code), counts.get(code, 0), code in chosen, lang=lang)
            for code in {*counts, *chosen}
            if code in self._terms.kbli
        )

    def _rungs(self) -> list[Option]:
        counts, chosen = self._counts[PARAMETERS["tahap"]], self._question.values("tahap") or ("ide",)
        return [
            Option(word, self._words.readiness[step], counts[str(step.rung)], word in chosen, rung=step.rung)
            for word, step in RUNGS.items()
        ]

    def _posted(self) -> list[Option]:
        always = Option("", self._words.any_time, None, not self._question.values("sejak"))
        return [always, *self._options("sejak", self._words.posted)]

    def _provinces(self) -> list[Option]:
        counts, opened = self._counts[PARAMETERS["daerah"]], self._open_provinces()
        return _fullest(
            Option(
                place.code,
                place.short_name,
                counts.get(place.code, 0),
                place.code in opened,
                children=self._children(place.code) if place.code in opened else (),
            )
            for place in self._places.provinces
        )

    def _open_provinces(self) -> set[str]:
        return {code[:2] for code in self._question.values("daerah")}

    def _children(self, province: str) -> tuple[Option, ...]:
        codes = [place.code for place in self._places.children(province)]
        return tuple(_fullest(self._options("daerah", codes)))


def _labels(terms: Taxonomy, places: Gazetteer, spoken: Words) -> dict[str, Callable[[str], str]]:
    """By parameter, what a value is called under its group's title."""
    return {
        "dimensi": lambda code: terms.dimensions[code].title,
        "sektor": lambda code: terms.sectors[code].name(spoken.language),
        "kbli": lambda code: f"{code} {terms.kbli[code].title}",
        "daerah": lambda code: places.by_code[code].display,
        "skema": lambda code: terms.schemes[code].name(spoken.language),
        "tahap": lambda word: spoken.readiness[RUNGS[word]],
        "nilai": lambda code: spoken.bands[code],
        "tenggat": lambda word: spoken.deadlines[word],
        "status": lambda word: spoken.statuses[word],
        "mitra": lambda kind: spoken.partners[kind],
        "sejak": lambda word: spoken.posted[word],
        "angkatan": lambda code: cohorts().names[code],
        "klaster": lambda code: clusters().names[code],
    }


def _found(options: Iterable[Option]) -> list[Option]:
    """Those that find something; chosen ones stay to be taken off."""
    return [option for option in options if option.count or option.checked]


def _fullest(options: Iterable[Option]) -> list[Option]:
    """Those that find something, the fullest first; chosen ones stay in sight."""
    return sorted(
        _found(options), key=lambda option: (not option.checked, -(option.count or 0), option.label)
    )


def known_codes(terms: Taxonomy, places: Gazetteer) -> Known:
    """Every code that may stand in an address."""
    return Known(
        terms.dimensions, terms.sectors, places.by_code, terms.schemes,
        kbli=terms.kbli, cohorts=cohorts().names, clusters=clusters().names,
    )  # fmt: skip
