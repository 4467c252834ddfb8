"""A refusal is more than its class: the field it stands at, and all that its sentence needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from marketplace.core.refusal import Refusal


@contextmanager
def refuses(kind: type[Refusal], *, field: str | None = None, **params: Any) -> Iterator[None]:
    """Fails unless exactly that refusal is raised, at that field, with those parameters; its sentence is whole."""
    with pytest.raises(kind) as caught:
        yield
    assert type(caught.value) is kind
    assert (caught.value.field, caught.value.params) == (field, params)
    assert "%(" not in caught.value.text
