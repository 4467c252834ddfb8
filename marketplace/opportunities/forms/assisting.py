"""The forms of writing for a region: begin it, and the Pemda's end of it."""

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from marketplace.core.words import _l
from marketplace.opportunities import labels
from marketplace.opportunities.forms.deciding import StartForm, choices_from
from marketplace.web.forms import REASON_WORDS_AT_MOST, SeenForm


class AssistForm(StartForm):
    """For which region, and from which template."""

    region = StringField(
        _l("Untuk daerah"),
        [DataRequired(_l("Isian ini wajib.")), Length(max=120)],
        description=_l("Misalnya Kota Bitung. Organisasinya harus sudah terverifikasi di sini."),
    )


class EndAssistanceForm(SeenForm):
    reason = SelectField(
        _l("Alasan, bila ditolak"),
        choices=choices_from(labels.REFUSE_REASON, empty=_l("Pilih alasan")),
        validate_choice=False,
    )
    words = TextAreaField(_l("Pesan untuk penulisnya, bila ditolak"), [Length(max=REASON_WORDS_AT_MOST)])
