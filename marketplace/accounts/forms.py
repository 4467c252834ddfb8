from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, HiddenField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, InputRequired, Length

from marketplace.accounts.rules import LANGUAGES, LONGEST_NAME, LONGEST_PASSKEY_NAME, SHORTEST_PASSWORD
from marketplace.web.forms import BaseForm

LONGEST_EMAIL = 254
LANGUAGE_NAMES = {"id": "Bahasa Indonesia", "en": "English"}
NEW_PASSWORD_HINT = _l(
    "Sedikitnya %(least)s huruf. Beberapa kata sekaligus, termasuk spasi, lebih kuat dan lebih mudah diingat.",
    least=SHORTEST_PASSWORD,
)


def email_field() -> Any:
    return EmailField(_l("Surel"), [DataRequired(), Length(max=LONGEST_EMAIL), Email()])


def language_field() -> Any:
    return SelectField(
        _l("Bahasa surel dan kabar"), choices=[SelectChoice(code, LANGUAGE_NAMES[code]) for code in LANGUAGES]
    )


class SignInForm(BaseForm):
    email = EmailField(_l("Surel"), [DataRequired(), Length(max=LONGEST_EMAIL)])
    password = PasswordField(_l("Kata sandi"), [InputRequired()])
    next = HiddenField()


class RegisterForm(BaseForm):
    name = StringField(_l("Nama lengkap"), [DataRequired(), Length(max=LONGEST_NAME)])
    email = email_field()
    password = PasswordField(_l("Kata sandi"), [InputRequired()], description=NEW_PASSWORD_HINT)
    language = language_field()
    accepted = BooleanField(_l("Saya menyetujui ketentuan dan kebijakan privasi"))
    next = HiddenField()


class PasskeyForm(BaseForm):
    """What the browser's passkey has answered, as JSON; filled by passkeys.js."""

    answer = HiddenField()


class CodeForm(BaseForm):
    code = StringField(_l("Kode"), [DataRequired(), Length(max=40)])


class NewPasskeyForm(BaseForm):
    name = StringField(_l("Nama kunci sandi"), [DataRequired(), Length(max=LONGEST_PASSKEY_NAME)])
    answer = HiddenField()


class ProveForm(BaseForm):
    password = PasswordField(_l("Kata sandi"), [InputRequired()])
    next = HiddenField()


class AddressForm(BaseForm):
    email = email_field()


class ForgotForm(BaseForm):
    email = email_field()


class NewPasswordForm(BaseForm):
    password = PasswordField(_l("Kata sandi baru"), [InputRequired()], description=NEW_PASSWORD_HINT)


class ChangePasswordForm(BaseForm):
    current = PasswordField(_l("Kata sandi sekarang"), [InputRequired()])
    password = PasswordField(_l("Kata sandi baru"), [InputRequired()], description=NEW_PASSWORD_HINT)


class ProfileForm(BaseForm):
    name = StringField(_l("Nama lengkap"), [DataRequired(), Length(max=LONGEST_NAME)])
    language = language_field()
