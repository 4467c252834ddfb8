"""Words of saved searches for people."""

from typing import Any

from marketplace.core.words import _l
from marketplace.saved.search_rules import Cadence

CADENCE: dict[Cadence, Any] = {
    Cadence.INSTANT: _l("Begitu terbit"),
    Cadence.DAILY: _l("Setiap pagi"),
    Cadence.WEEKLY: _l("Setiap Senin pagi"),
    Cadence.NONE: _l("Tanpa surel"),
}
