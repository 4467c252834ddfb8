from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, EmailField, HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, Email, InputRequired, Length

from marketplace.core.actor import MemberRole
from marketplace.organisations import labels
from marketplace.web.forms import BaseForm, choices_of


def _roles() -> list[SelectChoice]:
    """Each role with what it may do, the one that is given most often first."""
    order = (MemberRole.EDITOR, MemberRole.APPROVER, MemberRole.VIEWER, MemberRole.OWNER)
    return choices_of((str(role), f"{labels.ROLE[role]}: {labels.ROLE_MEANING[role]}") for role in order)


class InviteForm(BaseForm):
    email = EmailField(
        _l("Alamat surel"),
        [DataRequired(), Length(max=254), Email()],
        description=_l("Surel kerja orang yang diundang. Ia menjawab lewat tautan di dalam suratnya."),
    )
    role = RadioField(_l("Peran"), [DataRequired()], default=str(MemberRole.EDITOR))
    language = SelectField(
        _l("Bahasa surat"),
        choices=choices_of((("id", "Bahasa Indonesia"), ("en", "English"))),
        description=_l("Dipakai bila orangnya belum punya akun."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = _roles()


class RoleForm(BaseForm):
    """The new role, and the one that was read."""

    role = RadioField(_l("Peran"), [DataRequired()])
    seen = HiddenField(validators=[AnyOf([str(role) for role in MemberRole])])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = _roles()


class StandInForm(BaseForm):
    """A member and the days; who may be chosen is looked at by the action."""

    user_id = SelectField(_l("Anggota yang menggantikan Anda"), coerce=int)
    begins = DateField(_l("Hari pertama"), [InputRequired()])
    until = DateField(_l("Hari terakhir"), [InputRequired()])
