"""The parts in which a listing is written, each with an address of its own."""

from marketplace.opportunities.content import INPUTS, inputs_of
from marketplace.opportunities.labels import GROUPS

# All parts on one page.
WHOLE = ""
CHECK = "periksa"
STEPS = (*(code for code, _name, _fields in GROUPS), CHECK)
_FIELDS = {code: fields for code, _name, fields in GROUPS}
_STEP_OF = {field: code for code, fields in _FIELDS.items() for field in fields}


def inputs_of_step(step: str) -> tuple[str, ...]:
    """The inputs that a part holds; the justifications come and go with what they justify."""
    if step == WHOLE:
        return INPUTS
    return tuple(name for field in _FIELDS.get(step, ()) for name in inputs_of(field) if name in INPUTS)


def step_of(field: str) -> str:
    """The part in which a field is written."""
    return _STEP_OF.get(field, CHECK)


def neighbour(step: str, by: int) -> str:
    """The part before (-1) or after (1); at an end the part itself."""
    place = STEPS.index(step) + by
    return STEPS[min(max(place, 0), len(STEPS) - 1)]
