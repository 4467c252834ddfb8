"""What the product says no with: named, translatable, shown by `web.errors` in one way."""

from typing import Any, ClassVar

from marketplace.core.words import _l


class Refusal(Exception):
    """A rule or a right says no. `message` is lazy text with %(name)s places for the parameters."""

    status: ClassVar[int] = 422
    message: ClassVar[Any] = _l("Permintaan ini tidak dapat dijalankan.")

    def __init__(self, *, field: str | None = None, **params: Any) -> None:
        super().__init__(type(self).__name__)
        self.field = field
        self.params = params

    @property
    def text(self) -> str:
        """The sentence for the reader, in the reader's language."""
        template = str(self.message)
        return template % self.params if self.params else template


class NotFound(Refusal):
    """There is no such thing, or this actor may not know of it."""

    status = 404
    message = _l("Halaman ini tidak ada.")


class Forbidden(Refusal):
    """The thing is known to the actor, the right is missing."""

    status = 403
    message = _l("Anda tidak berwenang melakukan ini.")


class Conflict(Refusal):
    """Somebody was faster, or the thing has changed since it was read."""

    status = 409
    message = _l("Data ini berubah sejak Anda membukanya.")
