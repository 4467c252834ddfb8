"""The form that every form is made of: token, cleaning, our words, one way to take a refusal."""

from collections.abc import Callable, Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from marketplace.core.refusal import Refusal
from marketplace.core.text import clean_line, clean_text, parse_number
from marketplace.extensions import db
from marketplace.web.errors import sentence
from marketplace.web.transaction import keep_nothing

REASON_WORDS_AT_MOST = 2000

LIBRARY_MESSAGES = {
    "This field is required.": _l("Isian ini wajib."),
    "Not a valid choice.": _l("Pilih salah satu dari daftar."),
    "Not a valid choice": _l("Pilih salah satu dari daftar."),
    "Invalid Choice: could not coerce.": _l("Pilih salah satu dari daftar."),
    "Invalid choice(s): one or more data inputs could not be coerced.": _l("Pilih dari daftar."),
    "Not a valid date value.": _l("Tulis tanggal seperti 2027-02-28."),
    "Not a valid integer value.": _l("Tulis angka bulat."),
    "Not a valid decimal value.": _l("Tulis angka, misalnya 12,5."),
    "Field must be between %(min)d and %(max)d characters long.": _l("Tulis %(min)d sampai %(max)d huruf."),
    "Not a valid number.": _l("Tulis angka."),
    "Number must be between %(min)s and %(max)s.": _l("Tulis angka antara %(min)s dan %(max)s."),
    "Invalid email address.": _l("Alamat surel ini belum lengkap. Contoh: nama@contoh.go.id."),
    "The CSRF token is missing.": _l("Sesi formulir ini berakhir. Kirim sekali lagi."),
    "The CSRF session token is missing.": _l("Sesi formulir ini berakhir. Kirim sekali lagi."),
    "The CSRF tokens do not match.": _l("Sesi formulir ini berakhir. Kirim sekali lagi."),
    "The CSRF token is invalid.": _l("Sesi formulir ini berakhir. Kirim sekali lagi."),
    "The CSRF token has expired.": _l("Sesi formulir ini berakhir. Kirim sekali lagi."),
}
LIBRARY_PLURALS = {
    "Field must be at least %(min)d character long.": _l("Tulis sedikitnya %(min)d huruf."),
    "Field cannot be longer than %(max)d character.": _l("Tulis paling banyak %(max)d huruf."),
    "Field must be exactly %(max)d character long.": _l("Tulis tepat %(max)d huruf."),
    "'%(value)s' is not a valid choice for this field.": _l("Pilih dari daftar."),
}


class OwnWords:
    """WTForms' messages in our words, translated like everything else."""

    def gettext(self, text: str) -> str:
        return str(LIBRARY_MESSAGES.get(text, text))

    def ngettext(self, one: str, many: str, number: int) -> str:
        return str(LIBRARY_PLURALS.get(one, one if number == 1 else many))


class BaseForm(FlaskForm):
    """Cleans every text, carries the token, shows refusals at their field."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> OwnWords:
            return OwnWords()

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            filters = list(unbound_field.kwargs.get("filters", ()))
            cleaner = _cleaner_of(unbound_field.field_class)
            if cleaner:
                filters.insert(0, cleaner)
            return unbound_field.bind(form=form, filters=filters, **options)

    def take(self, refusal: Refusal) -> None:
        """Shows the refusal's sentence at its field, or above the form where it names none."""
        field: Field | None = self._fields.get(refusal.field or "")
        if field is None:
            self.form_errors.append(sentence(refusal))
        else:
            field.errors = [*field.errors, sentence(refusal)]


def _cleaner_of(kind: type[Field]) -> Callable[[Any], Any] | None:
    if kind.__name__ == "PasswordField":
        # A password counts as it was typed.
        return None
    if issubclass(kind, TextAreaField):
        return _if_text(clean_text)
    if issubclass(kind, StringField):
        return _if_text(clean_line)
    return None


def _if_text(clean: Callable[[str], str]) -> Callable[[Any], Any]:
    return lambda value: clean(value) if isinstance(value, str) else value


class ButtonForm(BaseForm):
    """A form of one button: nothing but the token."""


class SeenForm(BaseForm):
    """Carries the revision that its reader saw, so that nobody writes or decides over what changed meanwhile."""

    seen = HiddenField()

    @property
    def seen_revision(self) -> int:
        """The revision that was read; 0, which fits none, for a made-up one."""
        return parse_number(self.seen.data, digits=9) or 0


class CodesField(SelectMultipleField):
    """Several codes of a list, as checkboxes."""


def attempt(form: BaseForm, action: Callable[..., Any], /, **arguments: Any) -> bool:
    """Runs the action; False where it refused, with the sentence put into the form and nothing kept.

    Conflicts, missing rights and missing things (status other than 422) are raised on: they have pages.
    """
    try:
        with db.session.begin_nested():
            action(**arguments)
    except Refusal as refusal:
        if refusal.status != Refusal.status:
            raise
        form.take(refusal)
        keep_nothing()
        return False
    return True


def choices_of(pairs: Iterable[tuple[str, Any]], *, empty: Any = None) -> list[SelectChoice]:
    """Choices for a select, with an empty first one where given."""
    chosen = [SelectChoice(value=value, label=label) for value, label in pairs]
    return [SelectChoice(value="", label=empty), *chosen] if empty is not None else chosen
