"""Whether the English of a draft still says what the Indonesian says; plain values only."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any

from marketplace.opportunities.content import BILINGUAL
from marketplace.opportunities.merging import digest

Content = Mapping[str, Any]


class Translation(StrEnum):
    MISSING = "missing"
    STALE = "stale"
    CURRENT = "current"


def translations(content: Content, translated: Mapping[str, str]) -> dict[str, Translation]:
    """The state of each field that says something in Indonesian."""
    states = {}
    for field in BILINGUAL:
        source = _joined(content.get(f"{field}_id"))
        if source:
            states[field] = _state(source, _joined(content.get(f"{field}_en")), translated.get(field))
    return states


def _state(source: str, english: str, seen: str | None) -> Translation:
    if not english:
        return Translation.MISSING
    return Translation.CURRENT if seen in (None, digest(source)) else Translation.STALE


def note_translations(
    before: Content, after: Content, translated: Mapping[str, str], confirmed: Collection[str] = ()
) -> dict[str, str]:
    """What each English text was written for, after a save; `confirmed` were looked at and still fit."""
    noted = dict(translated)
    for field in BILINGUAL:
        old, new = (_joined(side.get(f"{field}_id")) for side in (before, after))
        old_english, english = (_joined(side.get(f"{field}_en")) for side in (before, after))
        if not english:
            noted.pop(field, None)
        elif english != old_english or field in confirmed:
            noted[field] = digest(new)
        elif new != old:
            noted.setdefault(field, digest(old))
    return noted


def _joined(value: Any) -> str:
    return "\n".join(value) if isinstance(value, list | tuple) else value or ""
