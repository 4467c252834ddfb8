"""What of a found listing's text the question matched, for the cards of a list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from sqlalchemy import Row

from marketplace.opportunities.finding.queries import TEXTS, text_rows
from marketplace.search.highlighting import Marker
from marketplace.search.text import Reading


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of one text with the found words marked; `lang` where it is not the reader's language."""

    field: str
    html: Markup
    lang: str | None = None


def snippets(ids: Sequence[int], reading: Reading, language: str) -> dict[int, Snippet]:
    """For each listing whose texts have a found word: the first such text, in the reader's language if there is
    one. One query."""
    marker = Marker(reading)
    found = {row.id: next(_snippets(row, marker, language), None) for row in text_rows(ids)}
    return {number: snippet for number, snippet in found.items() if snippet}


def _snippets(row: Row[Any], marker: Marker, language: str) -> Iterator[Snippet]:
    other = "id" if language == "en" else "en"
    for spoken in (language, other):
        for field in TEXTS:
            html = marker.snippet(_joined(getattr(row, f"{field}_{spoken}")))
            if html:
                yield Snippet(field, html, None if spoken == language else spoken)


def _joined(text: str | list[str]) -> str:
    """The text in one line; a list's items one after another."""
    return " ".join((text if isinstance(text, str) else "; ".join(text)).split())
