"""Words, tones and icons of an innovation's kind and status."""

from dataclasses import dataclass

from marketplace.core.words import LazyString, _l
from marketplace.innovations.rules import InnovationKind, InnovationStatus


@dataclass(frozen=True, slots=True)
class Label:
    tone: str
    icon: str
    text: LazyString


STATUS = {
    InnovationStatus.RUNNING: Label("good", "gear-wide-connected", _l("Berjalan")),
    InnovationStatus.TRIAL: Label("info", "compass", _l("Uji coba")),
    InnovationStatus.PREPARING: Label("neutral", "pencil", _l("Disiapkan")),
    InnovationStatus.NOMINATED: Label("neutral", "flag-fill", _l("Nominasi")),
    InnovationStatus.AWARDED: Label("go", "patch-check-fill", _l("Penghargaan")),
}

KIND = {
    InnovationKind.INNOVATION: _l("Inovasi"),
    InnovationKind.QUICK_WIN: _l("Quick win"),
}
