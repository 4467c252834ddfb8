from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.validators import DataRequired, Length

from marketplace.opportunities.finding.question import Question
from marketplace.saved.search_labels import CADENCE
from marketplace.saved.search_rules import LONGEST_NAME, LONGEST_WORDS, Cadence
from marketplace.saved.search_words import asked, parts_of
from marketplace.web.forms import BaseForm, CodesField, choices_of


class SearchForm(BaseForm):
    """A saved search: its name, its words, which of its filters stay, how often its news is mailed."""

    name = StringField(_l("Nama"), [DataRequired(), Length(max=LONGEST_NAME)])
    text = StringField(_l("Kata yang dicari"), [Length(max=LONGEST_WORDS)])
    kept = CodesField(_l("Saringan"), description=_l("Hapus centang untuk melepas saringan."))
    cadence = RadioField(
        _l("Surel tentang yang baru"),
        choices=choices_of((each.value, label) for each, label in CADENCE.items()),
    )

    def __init__(self, question: Question, language: str, **options: Any) -> None:
        self.parts = [part for part in parts_of(question, language) if part.parameter != "q"]
        super().__init__(**options)
        self.kept.choices = choices_of(
            (f"{part.parameter}={part.value}", f"{part.title}: {part.text}") for part in self.parts
        )
        if not self.is_submitted():
            self.text.data = question.text
            self.kept.data = [choice.value for choice in self.kept.choices]

    @property
    def question(self) -> Question:
        """The question as the form leaves it."""
        return asked(_Left(self.text.data or "", self.kept.data or []))

    @property
    def chosen_cadence(self) -> Cadence:
        return Cadence(self.cadence.data)


class _Left:
    """The words and filters of a form, as the arguments of an address."""

    def __init__(self, text: str, kept: list[str]) -> None:
        self.text = text
        self.kept = kept

    def getlist(self, key: str) -> list[str]:
        if key == "q":
            return [self.text]
        return [value for name, _, value in (each.partition("=") for each in self.kept) if name == key]
