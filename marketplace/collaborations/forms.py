from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import Length

from marketplace.collaborations.labels import REFUSE_REASON
from marketplace.web.forms import REASON_WORDS_AT_MOST, BaseForm, choices_of


class MatchForm(BaseForm):
    """LAIP's decision on a match; the reason counts only where it refuses."""

    seen = HiddenField()
    reason = RadioField(
        _l("Alasan bila tidak diperkenalkan"),
        choices=choices_of(REFUSE_REASON.items()),
        validate_choice=False,
        description=_l("Kedua pihak membaca alasan ini."),
    )
    words = TextAreaField(_l("Penjelasan"), [Length(max=REASON_WORDS_AT_MOST)])

    @property
    def revision(self) -> int:
        """The interest's revision that was read; 0, which fits none, for a made-up one."""
        text = self.seen.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
