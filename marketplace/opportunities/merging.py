"""Two editors of one draft: whose change is whose, told by what each of them had seen; plain values only."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from marketplace.opportunities.checks import JUSTIFIABLE, why_input
from marketplace.opportunities.content import INPUTS, MONEY

_DIGEST_LENGTH = 12
_UNORDERED = frozenset({"partner_kinds", "must_codes", "capability_codes", "language_codes", "scheme_codes"})
WHY_INPUTS = tuple(why_input(finding) for finding in JUSTIFIABLE)
# Everything that can be typed into a draft.
TYPED = (*INPUTS, *WHY_INPUTS)


def digest(text: str) -> str:
    """A short mark of a text, the same in every process."""
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST_LENGTH]


def written_texts(
    content: Mapping[str, Any], unread: Mapping[str, Any], justified: Mapping[str, str]
) -> dict[str, str]:
    """Every input as one text, whatever the reader's language: equal texts are equal values."""
    texts = {name: "?" + unread[name]["text"] if name in unread else _text(name, content) for name in INPUTS}
    return texts | {why_input(finding): justified.get(finding, "") for finding in JUSTIFIABLE}


def _text(name: str, content: Mapping[str, Any]) -> str:
    value = content[name]
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "\n".join(sorted(value) if name in _UNORDERED else value)
    if isinstance(value, Decimal):
        value = f"{value.normalize():f}"
    return f"{value} {content['value_currency']}" if name in MONEY else str(value)


@dataclass(frozen=True, slots=True)
class Base:
    """What an editor had seen of each input: digests, or for a page without them the revision alone."""

    digests: Mapping[str, str]
    current: bool

    def changed(self, name: str, mine: str, stored: str) -> bool:
        """Whether this editor changed the input."""
        seen = self.digests.get(name)
        return mine != stored if seen is None else digest(mine) != seen

    def moved(self, name: str, stored: str) -> bool:
        """Whether somebody else changed the input meanwhile."""
        seen = self.digests.get(name)
        return not self.current if seen is None else digest(stored) != seen


@dataclass(frozen=True, slots=True)
class Merge:
    """`taken` are this editor's changes that stand in nobody's way, `overlaps` those that do."""

    taken: tuple[str, ...]
    overlaps: tuple[str, ...]

    @property
    def changed(self) -> tuple[str, ...]:
        return (*self.taken, *self.overlaps)


def merge(base: Base, mine: Mapping[str, str], stored: Mapping[str, str], inputs: Collection[str]) -> Merge:
    """Sorts the inputs that this editor sent."""
    changed = [name for name in inputs if base.changed(name, mine[name], stored[name])]
    overlaps = [name for name in changed if mine[name] != stored[name] and base.moved(name, stored[name])]
    return Merge(tuple(name for name in changed if name not in overlaps), tuple(overlaps))
