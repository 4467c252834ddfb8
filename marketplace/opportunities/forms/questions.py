"""What is typed around a question: asking, answering, joining, declining, taking back, hiding."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import SelectChoice, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length

from marketplace.core.text import parse_number
from marketplace.core.words import _l
from marketplace.opportunities.forms.deciding import choices_from
from marketplace.opportunities.questions import labels
from marketplace.opportunities.questions.models import Question, QuestionWording
from marketplace.opportunities.questions.queries import Other
from marketplace.opportunities.questions.rules import ANSWER_AT_MOST, QUESTION_AT_MOST, Wording
from marketplace.web.forms import REASON_WORDS_AT_MOST, BaseForm, CodesField, SeenForm

_REQUIRED = _l("Isian ini wajib.")
# As much of another question as a list shows.
_SHOWN = 120


def _reason(words: Mapping[Any, Any]) -> SelectField:
    return SelectField(
        _l("Alasan"), choices=choices_from(words, empty=_l("Pilih alasan")), validate_choice=False
    )


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1].rstrip()}…"


class AskForm(BaseForm):
    words = TextAreaField(_l("Pertanyaan Anda"), [DataRequired(_REQUIRED), Length(max=QUESTION_AT_MOST)])


class AnswerForm(SeenForm):
    words_id = TextAreaField(
        _l("Pertanyaan seperti akan tampil"), [DataRequired(_REQUIRED), Length(max=QUESTION_AT_MOST)]
    )
    answer_id = TextAreaField(_l("Jawaban"), [DataRequired(_REQUIRED), Length(max=ANSWER_AT_MOST)])
    words_en = TextAreaField(
        _l("%(name)s, dalam bahasa Inggris", name=_l("Pertanyaan")), [Length(max=QUESTION_AT_MOST)]
    )
    answer_en = TextAreaField(
        _l("%(name)s, dalam bahasa Inggris", name=_l("Jawaban")), [Length(max=ANSWER_AT_MOST)]
    )
    also = CodesField(_l("Jawaban ini berlaku juga untuk"), choices=[], validate_choice=False)

    def begin(self, question: Question, shown: QuestionWording | None) -> None:
        """Fills in what everybody reads now, or else the question in the asker's words."""
        self.seen.data = str(question.revision)
        if shown is not None:
            for name in ("words_id", "words_en", "answer_id", "answer_en"):
                self[name].data = getattr(shown, name)
        else:
            self[f"words_{question.language}"].data = question.words

    def offer(self, others: Sequence[Other]) -> None:
        self.also.choices = [SelectChoice(str(each.id), _cut(each.words)) for each in others]

    @property
    def wording(self) -> Wording:
        typed = {name: self[name].data or "" for name in ("words_id", "answer_id", "words_en", "answer_en")}
        return Wording(**typed)

    @property
    def also_ids(self) -> list[int]:
        return [number for text in self.also.data or () if (number := parse_number(text))]


class MergeForm(SeenForm):
    into = SelectField(_l("Sama dengan"), choices=[], validate_choice=False)

    def offer(self, others: Sequence[Other]) -> None:
        self.into.choices = [
            SelectChoice("", _l("Pilih pertanyaan")),
            *(SelectChoice(str(each.id), _cut(each.words)) for each in others),
        ]

    @property
    def into_id(self) -> int:
        return parse_number(self.into.data) or 0


class DeclineQuestionForm(SeenForm):
    reason = _reason(labels.DECLINE_REASON)
    words = TextAreaField(_l("Keterangan"), [Length(max=REASON_WORDS_AT_MOST)])


class WithdrawQuestionForm(SeenForm):
    reason = _reason(labels.WITHDRAW_REASON)


class HideForm(SeenForm):
    reason = _reason(labels.HIDE_REASON)
    words = TextAreaField(_l("Keterangan"), [Length(max=REASON_WORDS_AT_MOST)])
