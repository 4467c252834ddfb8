"""A saved question in words: its name, what it asks, and why a listing is among what it found."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from urllib.parse import parse_qs

from flask_babel import force_locale, gettext

from marketplace.opportunities.finding.filters import Filters, known_codes
from marketplace.opportunities.finding.question import PARAMETERS, Arguments, Question, parse
from marketplace.opportunities.finding.words import words
from marketplace.regions.queries import gazetteer
from marketplace.saved.search_rules import shortened
from marketplace.search.index import View
from marketplace.search.matching import match, wordings
from marketplace.taxonomy.queries import taxonomy
from marketplace.web.language import LANGUAGES


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is asked for: words (no name), or a value of a filter."""

    parameter: str
    value: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a listing was found: a word that it has, another form of it, or a value of a filter."""

    kind: str
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class _Stored:
    """The arguments of a stored query."""

    values: dict[str, list[str]]

    def getlist(self, key: str) -> list[str]:
        return self.values.get(key, [])


def question_of(query: str) -> Question:
    """The question of a stored query."""
    return asked(_Stored(parse_qs(query.removeprefix("?"))))


def asked(arguments: Arguments) -> Question:
    """The question of a request's arguments, from its first page and in its usual order."""
    question = parse(arguments, known_codes(taxonomy(), gazetteer()))
    return replace(question, page=1, sort=question.usual_sort)


def parts_of(question: Question, language: str) -> list[Part]:
    """What is asked for, words first."""
    spoken = words(language)
    filters = Filters(question, {}, taxonomy(), gazetteer(), spoken)
    said = [Part("q", question.text, "", question.text)] if question.text else []
    return said + [
        Part(name, value, spoken.titles[name], filters.label(name, value))
        for name in PARAMETERS
        for value in question.values(name)
    ]


def name_of(question: Question, language: str) -> str:
    """A name for it."""
    if said := " · ".join(part.text for part in parts_of(question, language)):
        return shortened(said)
    with force_locale(language):
        return gettext("Semua peluang")


class Named(Protocol):
    """A saved search, or a line about one."""

    @property
    def name(self) -> str: ...

    @property
    def query(self) -> str: ...


def is_named_by_us(search: Named) -> bool:
    """Whether its name still is the one that its question gave it, in whichever language."""
    question = question_of(search.query)
    return any(search.name == name_of(question, language) for language in LANGUAGES)


def called(search: Named, language: str) -> str:
    """Its name: as the person wrote it, or what its question is called in the language that is read now."""
    return name_of(question_of(search.query), language) if is_named_by_us(search) else search.name


def reasons(
    view: View, question: Question, ids: Sequence[int], *, language: str, now: datetime
) -> dict[int, list[Reason]]:
    """For each of the ids what of the question it answers, by the same search that found it."""
    found: dict[int, list[Reason]] = defaultdict(list)
    for part, reason in _single(view, question, language):
        for number in match(view, part.request(now), ids):
            found[number].append(reason)
    return {number: _telling(found[number]) for number in ids}


def _single(view: View, question: Question, language: str) -> list[tuple[Question, Reason]]:
    """Questions that ask for one thing each, and what a listing that answers it is told of."""
    single = []
    for said in wordings(view, question.text):
        single.append((Question(text=f'"{said}"'), Reason("word", said)))
        single.append((Question(text=said), Reason("similar", said)))
    for part in parts_of(question, language):
        if part.parameter != "q":
            only = Question(chosen={part.parameter: (part.value,)})
            single.append((only, Reason("filter", part.text, part.title)))
    return single


def _telling(found: list[Reason]) -> list[Reason]:
    """A word that is there as written needs no mention of its other forms."""
    written = {reason.text for reason in found if reason.kind == "word"}
    return [reason for reason in found if reason.kind != "similar" or reason.text not in written]
