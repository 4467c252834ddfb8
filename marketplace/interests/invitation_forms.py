from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.validators import Length

from marketplace.interests.forms import ReasonForm
from marketplace.interests.invitation_labels import DECLINE_REASON, WITHDRAW_REASON
from marketplace.interests.invitation_rules import WORDS_AT_MOST
from marketplace.matching.forms import DismissForm
from marketplace.matching.rules import WORDS_AT_MOST as ASIDE_WORDS_AT_MOST
from marketplace.web.forms import BaseForm, choices_of


class InviteForm(BaseForm):
    words = TextAreaField(_l("Kata-kata Anda"), [Length(max=WORDS_AT_MOST)])


class PutAsideForm(DismissForm):
    words = TextAreaField(
        _l("Penjelasan"),
        [Length(max=ASIDE_WORDS_AT_MOST)],
        description=_l("Hanya untuk organisasi Anda dan perbaikan saran; mitra tidak membacanya."),
    )


class DeclineInvitationForm(ReasonForm):
    reason = RadioField(
        _l("Alasan"),
        choices=choices_of(DECLINE_REASON.items()),
        validate_choice=False,
        description=_l("Pemda membaca alasan ini; saran berikutnya menjadi lebih tepat."),
    )


class WithdrawInvitationForm(ReasonForm):
    reason = RadioField(
        _l("Alasan"),
        choices=choices_of(WITHDRAW_REASON.items()),
        validate_choice=False,
        description=_l("Mitra membaca alasan ini."),
    )
