from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.validators import Length

from marketplace.collaborations.labels import REFUSE_REASON
from marketplace.web.forms import REASON_WORDS_AT_MOST, SeenForm, choices_of


class MatchForm(SeenForm):
    """LAIP's decision on a match; the reason counts only where it refuses."""

    reason = RadioField(
        _l("Alasan bila tidak diperkenalkan"),
        choices=choices_of(REFUSE_REASON.items()),
        validate_choice=False,
        description=_l("Kedua pihak membaca alasan ini."),
    )
    words = TextAreaField(_l("Penjelasan"), [Length(max=REASON_WORDS_AT_MOST)])
