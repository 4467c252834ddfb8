"""The check of a file field, so that a wrong file is a field error and the other fields keep their text."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import Form, ValidationError

from marketplace.core.refusal import Refusal
from marketplace.files import rules
from marketplace.files.rules import FileKind
from marketplace.files.sniffing import check_upload


class FileLimits:
    """Validator: size, kind by content and ending; nothing chosen passes. Also fills `accept`."""

    def __init__(self, kinds: tuple[FileKind, ...] = rules.KINDS, limit: int = rules.LARGEST_BYTES) -> None:
        self.kinds = kinds
        self.limit = limit
        self.field_flags = {"accept": rules.endings_of(kinds)}

    def __call__(self, form: Form, field: Any) -> None:
        for chosen in field.data if isinstance(field.data, list) else [field.data]:
            self._check(chosen)

    def _check(self, chosen: Any) -> None:
        if not getattr(chosen, "filename", ""):
            return
        try:
            check_upload(chosen.stream, chosen.filename, kinds=self.kinds, limit=self.limit)
        except Refusal as refusal:
            raise ValidationError(refusal.text) from refusal


class UploadField(FileField):
    """A file field that takes one of `kinds`; `data` is None where nothing was chosen."""

    def __init__(
        self,
        label: Any = None,
        validators: tuple[Any, ...] = (),
        *,
        kinds: tuple[FileKind, ...] = rules.DOCUMENTS,
        limit: int = rules.LARGEST_BYTES,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, [*validators, FileLimits(kinds, limit)], **kwargs)
