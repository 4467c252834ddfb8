from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import Length

from marketplace.matching.rules import WORDS_AT_MOST
from marketplace.web.forms import BaseForm


class SuggestForm(BaseForm):
    """Why two should look at each other."""

    words = TextAreaField(
        _l("Mengapa keduanya cocok"),
        [Length(max=WORDS_AT_MOST)],
        description=_l(
            "Dibaca kedua pihak, dengan nama Anda. Sebut fakta yang tidak terbaca dari profilnya."
        ),
    )
