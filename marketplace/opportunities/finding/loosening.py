"""A way on from an empty answer: what it finds with one filter less, the filter that hides most first."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from marketplace.opportunities.finding.filters import Filters
from marketplace.opportunities.finding.question import Question
from marketplace.search.finding import how_many
from marketplace.search.index import View

_MOST_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Loosening:
    """One click: `label` is what is left out, or with `wider` the province that is asked instead of a part of it."""

    label: str
    question: Question
    wider: bool = False
    total: int = 0


def loosenings(view: View, question: Question, filters: Filters, now: datetime) -> list[Loosening]:
    """The questions with one filter less that find something, the fullest first. Each filter is tried once."""
    tried = [
        replace(each, total=how_many(view, each.question.request(now))) for each in _looser(question, filters)
    ]
    return sorted((each for each in tried if each.total), key=lambda each: -each.total)[:_MOST_SHOWN]


def _looser(question: Question, filters: Filters) -> Iterator[Loosening]:
    if question.text:
        yield Loosening(f"“{question.text}”", question.without_text())
    for name, values in question.chosen.items():
        labels = ", ".join(filters.label(name, value) for value in values)
        yield Loosening(labels, question.without(name))
    parts = question.values("daerah")
    provinces = tuple(sorted({code[:2] for code in parts}))
    if parts and provinces != parts:
        chosen = question.chosen | {"daerah": provinces}
        labels = ", ".join(filters.label("daerah", code) for code in provinces)
        yield Loosening(labels, replace(question, chosen=chosen, page=1), wider=True)
