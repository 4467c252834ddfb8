"""The small forms around a listing: begin it, review it, end it."""

from collections.abc import Mapping
from typing import Any

from flask import request
from wtforms import DateField, RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from marketplace.core.text import clean_text
from marketplace.core.words import _l
from marketplace.opportunities import labels
from marketplace.opportunities.content import MARKABLE
from marketplace.opportunities.listing_templates import TEMPLATES
from marketplace.opportunities.rules import LifeStatus, RemarkReason
from marketplace.web.forms import REASON_WORDS_AT_MOST, BaseForm, SeenForm

REMARK_AT_MOST = 500
# Reasons that nobody chooses from a list.
GIVEN_BY_STEPS = (RemarkReason.ASSISTANCE_ENDED,)


def choices_from(words: Mapping[Any, Any], *, empty: Any = None, group: Any = None) -> list[SelectChoice]:
    """A table of words as choices, behind an empty one where given."""
    first = [SelectChoice("", empty)] if empty is not None else []
    return first + [SelectChoice(str(code), text, optgroup=group) for code, text in words.items()]


class StartForm(BaseForm):
    """From which template a new listing begins."""

    template = RadioField(
        _l("Mulai dari"),
        choices=[SelectChoice(template.code, template.name) for template in TEMPLATES.values()],
        validators=[InputRequired()],
    )


class ReviewForm(SeenForm):
    """Remarks at fields, a reason and words; `verb` tells which button was pressed."""

    reason = SelectField(_l("Alasan"), choices=[], validate_choice=False)
    words = TextAreaField(_l("Catatan umum"), [Length(max=REASON_WORDS_AT_MOST)])

    @property
    def verb(self) -> str:
        return request.form.get("langkah", "")

    @property
    def marks(self) -> dict[str, str]:
        """What was marked, by field, with the remark as it was written."""
        posted = request.form
        return {
            field: clean_text(posted.get(f"catatan-{field}"))[:REMARK_AT_MOST]
            for field in MARKABLE
            if posted.get(f"tanda-{field}") == "ya"
        }


class ApprovalForm(ReviewForm):
    """The approver's: release it, or send it back with remarks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason.label.text = _l("Alasan, bila dikembalikan")
        chosen = {code: text for code, text in labels.REMARK_REASON.items() if code not in GIVEN_BY_STEPS}
        self.reason.choices = choices_from(chosen, empty=_l("Pilih alasan"))

    @property
    def code(self) -> str | None:
        return self.reason.data or None


class DecisionForm(ReviewForm):
    """LAIP's: publish, return or reject; each reason belongs to one of the latter two."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason.label.text = _l("Alasan, bila dikembalikan atau ditolak")
        self.reason.choices = [
            SelectChoice("", _l("Pilih alasan")),
            *_prefixed("kembalikan", labels.RETURN_REASON, _l("Bila dikembalikan")),
            *_prefixed("tolak", labels.REJECT_REASON, _l("Bila ditolak")),
        ]

    @property
    def code(self) -> str | None:
        """The reason's code, if it belongs to the button that was pressed."""
        verb, _colon, code = (self.reason.data or "").partition(":")
        return code if verb == self.verb else None


def _prefixed(verb: str, words: Mapping[Any, Any], group: Any) -> list[SelectChoice]:
    return [SelectChoice(f"{verb}:{code}", text, optgroup=group) for code, text in words.items()]


class WithdrawForm(SeenForm):
    reason = SelectField(
        _l("Alasan"),
        choices=choices_from(labels.WITHDRAW_REASON, empty=_l("Pilih alasan")),
        validate_choice=False,
    )
    words = TextAreaField(_l("Keterangan"), [Length(max=REASON_WORDS_AT_MOST)])


class OutcomeForm(SeenForm):
    outcome = RadioField(_l("Hasil"), choices=choices_from(labels.OUTCOME), validators=[InputRequired()])
    reason = SelectField(
        _l("Alasan, bila tanpa mitra"),
        choices=choices_from(labels.NO_PARTNER_REASON, empty=_l("Pilih alasan")),
        validate_choice=False,
    )
    words = TextAreaField(_l("Keterangan"), [Length(max=REASON_WORDS_AT_MOST)])

    @property
    def result(self) -> LifeStatus:
        return LifeStatus(self.outcome.data)


class AmendmentForm(SeenForm):
    words_id = TextAreaField(
        _l("Pemberitahuan"), [DataRequired(_l("Isian ini wajib.")), Length(max=REASON_WORDS_AT_MOST)]
    )
    words_en = TextAreaField(
        _l("%(name)s, dalam bahasa Inggris", name=_l("Pemberitahuan")), [Length(max=REASON_WORDS_AT_MOST)]
    )
    interest_deadline = DateField(_l("Tenggat minat yang baru"), [Optional()])
