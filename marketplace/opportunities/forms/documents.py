"""The forms of a draft's documents."""

from typing import Any

from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from marketplace.core.words import _l
from marketplace.files.forms import FileLimits, UploadField
from marketplace.files.rules import KINDS
from marketplace.opportunities import labels
from marketplace.opportunities.attaching import TITLE_AT_MOST
from marketplace.opportunities.forms.deciding import choices_from
from marketplace.opportunities.rules import FILE_TERMS, DocumentAccess, DocumentKind
from marketplace.web.forms import BaseForm

_LARGEST = max(terms.largest for terms in FILE_TERMS.values())


class DocumentForm(BaseForm):
    """What a document is and who may open it; a file of the kind that was chosen."""

    kind = SelectField(
        _l("Jenis dokumen"), choices=choices_from(labels.DOCUMENT_KIND), default=DocumentKind.OTHER
    )
    title = StringField(_l("Nama dokumen"), [Length(max=TITLE_AT_MOST)])
    access = SelectField(
        _l("Siapa yang boleh membuka"), choices=choices_from(labels.ACCESS), default=DocumentAccess.PUBLIC
    )
    file = UploadField(_l("Berkas versi baru"), kinds=KINDS, limit=_LARGEST)

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field by itself, then the file against the kind."""
        fine = super().validate(extra_validators)
        if self.kind.errors or self.file.errors or not self.file.data:
            return fine
        terms = FILE_TERMS[DocumentKind(self.kind.data)]
        return self.file.validate(self, [FileLimits(terms.kinds, terms.largest)]) and fine


class NewDocumentForm(DocumentForm):
    file = UploadField(_l("Berkas"), (InputRequired(_l("Pilih berkasnya.")),), kinds=KINDS, limit=_LARGEST)
