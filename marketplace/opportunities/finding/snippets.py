"""What of a found listing's text the question matched, for the cards of a list."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from marketplace.opportunities.finding.queries import TEXTS, text_rows
from marketplace.search.highlighting import Marker


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of one text with the found words marked; `lang` where it is not the reader's language."""

    field: str
    html: Markup
    lang: str | None = None


def snippets(ids: Sequence[int], marker: Marker, language: str) -> dict[int, Snippet]:
    """For each listing whose texts have a found word: the first such text, in the reader's language if there is
    one. One query."""
    found = {number: next(_snippets(texts, marker, language), None) for number, texts in text_rows(ids)}
    return {number: snippet for number, snippet in found.items() if snippet}


def _snippets(texts: Mapping[str, Sequence[str]], marker: Marker, language: str) -> Iterator[Snippet]:
    other = "id" if language == "en" else "en"
    for spoken in (language, other):
        for field, text in zip(TEXTS, texts[spoken], strict=True):
            html = marker.snippet(" ".join(text.split())) if text else None
            if html:
                yield Snippet(field, html, None if spoken == language else spoken)
