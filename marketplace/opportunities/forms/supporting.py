"""What a supporter of a listing writes: a comment, a recommendation, words to those to whom it is passed on."""

from collections.abc import Iterable

from wtforms import HiddenField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length

from marketplace.core.text import parse_number
from marketplace.core.words import _l
from marketplace.opportunities import labels
from marketplace.opportunities.content import MARKABLE
from marketplace.opportunities.forms.deciding import choices_from
from marketplace.opportunities.support.rules import WHOLE_VERSION, WORDS_AT_MOST
from marketplace.organisations.queries import Card
from marketplace.web.forms import REASON_WORDS_AT_MOST, BaseForm, SeenForm

# The choice that stands for LAIP, which is no organisation.
STAFF = "laip"
_REQUIRED = _l("Isian ini wajib.")


class SupportForm(BaseForm):
    """Carries the version that the person read."""

    version = HiddenField()

    @property
    def version_id(self) -> int:
        return parse_number(self.version.data) or 0


class CommentForm(SupportForm):
    # Named as the address of the page names it, so that a link can choose it.
    bagian = SelectField(
        _l("Bagian"),
        choices=[
            SelectChoice(WHOLE_VERSION, _l("Keseluruhan")),
            *(SelectChoice(field, labels.FIELD[field]) for field in MARKABLE),
        ],
    )
    words = TextAreaField(_l("Komentar"), [DataRequired(_REQUIRED), Length(max=WORDS_AT_MOST)])


class RecommendForm(SupportForm):
    words_id = TextAreaField(_l("Rekomendasi"), [DataRequired(_REQUIRED), Length(max=WORDS_AT_MOST)])
    words_en = TextAreaField(
        _l("%(name)s, dalam bahasa Inggris", name=_l("Rekomendasi")), [Length(max=WORDS_AT_MOST)]
    )


class TakeBackForm(SeenForm):
    reason = SelectField(
        _l("Alasan"),
        choices=choices_from(labels.RECOMMENDATION_REASON, empty=_l("Pilih alasan")),
        validate_choice=False,
    )
    words = TextAreaField(_l("Keterangan"), [Length(max=REASON_WORDS_AT_MOST)])


class ForwardForm(SupportForm):
    receiver = SelectField(_l("Diteruskan kepada"), choices=[], validate_choice=False)
    words = TextAreaField(_l("Pesan"), [DataRequired(_REQUIRED), Length(max=WORDS_AT_MOST)])

    def offer(self, staff_name: str, ministries: Iterable[Card]) -> None:
        self.receiver.choices = [
            SelectChoice("", _l("Pilih penerima")),
            SelectChoice(STAFF, staff_name),
            *(SelectChoice(str(card.id), card.name) for card in ministries),
        ]

    @property
    def receiver_id(self) -> int | None:
        """The ministry; None: LAIP; 0: nobody was chosen."""
        return None if self.receiver.data == STAFF else parse_number(self.receiver.data) or 0
