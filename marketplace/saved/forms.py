from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, TextAreaField

from marketplace.web.forms import BaseForm


class NoteForm(BaseForm):
    """A private note to a listing that one keeps."""

    note = TextAreaField(_l("Catatan pribadi"), description=_l("Hanya Anda yang membacanya."))


class WatchForm(BaseForm):
    """Whether news of a watched listing come by mail too."""

    by_mail = BooleanField(
        _l("Kirim juga lewat surel"),
        description=_l("Tanpa ini, kabarnya hanya muncul di kotak kabar Anda di sini."),
        default=True,
    )
