"""What may be asked of an innovation; plain values in, answer or named refusal out."""

from enum import StrEnum

from marketplace.core.refusal import Refusal
from marketplace.core.words import _l


class InnovationKind(StrEnum):
    INNOVATION = "innovation"
    QUICK_WIN = "quick_win"


class InnovationStatus(StrEnum):
    RUNNING = "running"
    TRIAL = "trial"
    PREPARING = "preparing"
    NOMINATED = "nominated"
    AWARDED = "awarded"


class NotWantable(Refusal):
    message = _l("Ini sebuah penghargaan, jadi tidak dapat diterapkan di daerah lain.")


class OwnInnovation(Refusal):
    message = _l("Inovasi ini milik daerah Anda sendiri.")


def can_be_wanted(status: InnovationStatus) -> bool:
    """Whether another region can want it too: an award is nobody's to take over."""
    return status is not InnovationStatus.AWARDED


def check_wanted_by(status: InnovationStatus, origin: str, region_code: str) -> None:
    """Raises NotWantable or OwnInnovation where that region can't say that it needs this too."""
    if not can_be_wanted(status):
        raise NotWantable
    if origin == region_code:
        raise OwnInnovation
