from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from marketplace.core.text import parse_number
from marketplace.core.words import _l
from marketplace.organisations.guidance_queries import Choice
from marketplace.organisations.guidance_rules import MESSAGE_AT_MOST
from marketplace.web.forms import REASON_WORDS_AT_MOST, BaseForm, SeenForm


class GuidanceForm(BaseForm):
    """Asks one of the organisations that were found."""

    # Whether it may be asked is the action's to say: at the second press it stands in the list no more.
    other = RadioField(
        _l("Organisasi"),
        validators=[InputRequired(_l("Pilih salah satu organisasi."))],
        validate_choice=False,
    )
    message = TextAreaField(_l("Pesan"), [Length(max=MESSAGE_AT_MOST)])

    def offer(self, choices: Iterable[Choice]) -> None:
        self.other.choices = [SelectChoice(str(choice.id), choice.name) for choice in choices]

    @property
    def other_id(self) -> int:
        return parse_number(self.other.data) or 0


class GuidanceAnswerForm(SeenForm):
    """A yes or a no to one relation, as it was read; a no has its reason."""

    reason = SelectField(_l("Alasan"), choices=[], validate_choice=False)
    words = TextAreaField(_l("Keterangan"), [Length(max=REASON_WORDS_AT_MOST)])

    def offer(self, reasons: Mapping[Any, Any]) -> None:
        self.reason.choices = [SelectChoice("", _l("Pilih alasan"))] + [
            SelectChoice(str(code), text) for code, text in reasons.items()
        ]
