from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.validators import DataRequired, Length

from marketplace.saved.search_labels import CADENCE
from marketplace.saved.search_rules import LONGEST_NAME, Cadence
from marketplace.web.forms import BaseForm, choices_of


class SearchForm(BaseForm):
    """A saved search: its name, and how often its news is mailed."""

    name = StringField(_l("Nama"), [DataRequired(), Length(max=LONGEST_NAME)])
    cadence = RadioField(
        _l("Surel tentang yang baru"),
        choices=choices_of((each.value, label) for each, label in CADENCE.items()),
    )

    @property
    def chosen_cadence(self) -> Cadence:
        return Cadence(self.cadence.data)
