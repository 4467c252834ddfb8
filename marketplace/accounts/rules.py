"""What a password and a name must be, which terms are in force, how long a link by mail lives."""

import re
import unicodedata
from collections.abc import Iterable, Set
from datetime import timedelta

from marketplace.core.refusal import Refusal
from marketplace.core.words import _l

TERMS_VERSION = "2026-11"
LANGUAGES = ("id", "en")

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256
LONGEST_NAME = 120

CONFIRM_WITHIN = timedelta(days=2)
RESET_WITHIN = timedelta(hours=1)
STAFF_LINK_WITHIN = timedelta(days=2)
# A cookie that was copied, or left on somebody else's machine, is worth nothing afterwards.
SIGN_IN_LASTS = timedelta(days=7)

_RUNS = (
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
)
_SHORT_AFFIX = 4
_DRESS_BEFORE = re.compile(r"\A[\W\d_]+")
_DRESS_AFTER = re.compile(r"[\W\d_]+\Z")


class PasswordTooShort(Refusal):
    message = _l("Tulis sedikitnya %(least)s huruf. Beberapa kata sekaligus lebih mudah diingat.")


class PasswordTooLong(Refusal):
    message = _l("Tulis paling banyak %(most)s huruf.")


class PasswordCommon(Refusal):
    message = _l("Kata sandi ini sering dipakai orang, jadi mudah ditebak. Pilih yang lain.")


class PasswordPersonal(Refusal):
    message = _l("Kata sandi ini hanya nama atau surel Anda, jadi mudah ditebak. Pilih yang lain.")


class PasswordWrong(Refusal):
    message = _l("Kata sandi sekarang tidak cocok.")


class NameUnfit(Refusal):
    message = _l("Tulis nama Anda saja, tanpa alamat situs atau surel.")


class TermsNotAccepted(Refusal):
    message = _l("Setujui ketentuan dan kebijakan privasi untuk mendaftar.")


class LinkDead(Refusal):
    """The link was used, has lapsed or was never ours."""

    status = 410
    message = _l("Tautan ini sudah dipakai atau sudah lewat waktunya.")


def normalise(password: str) -> str:
    """The password as it is compared: the same letters typed on another keyboard count as the same."""
    return unicodedata.normalize("NFKC", password)


def check_password(password: str, *, common: Set[str], own: Iterable[str] = ()) -> None:
    """Raises a Password… refusal; any letters, spaces and signs are welcome, in any mix."""
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort(field="password", least=SHORTEST_PASSWORD)
    if len(password) > LONGEST_PASSWORD:
        raise PasswordTooLong(field="password", most=LONGEST_PASSWORD)
    plain = normalise(password).casefold().strip()
    if plain in {word.casefold().strip() for word in own if word}:
        raise PasswordPersonal(field="password")
    if is_common(plain, common):
        raise PasswordCommon(field="password")


def is_common(plain: str, common: Set[str]) -> bool:
    """Whether a casefolded password is a common one, one dressed up ("password1234"), a run or a repetition."""
    unit = _repeated_unit(plain)
    if plain in common or unit in common or len(unit) <= _SHORT_AFFIX or _is_run(plain):
        return True
    before, core, after = _undressed(plain)
    return core in common and _is_trivial(before) and _is_trivial(after)


def _repeated_unit(text: str) -> str:
    """The shortest piece that makes up the whole text by repetition; the text itself where there is none."""
    place = (text + text).find(text, 1)
    return text[:place]


def _is_run(text: str) -> bool:
    return any(text in run or text in run[::-1] for run in _RUNS)


def _undressed(text: str) -> tuple[str, str, str]:
    before = text[: len(text) - len(_DRESS_BEFORE.sub("", text))]
    core = _DRESS_AFTER.sub("", text[len(before) :])
    return before, core, text[len(before) + len(core) :]


def _is_trivial(affix: str) -> bool:
    return len(affix) <= _SHORT_AFFIX or len(_repeated_unit(affix)) == 1 or _is_run(affix)


def check_name(name: str) -> None:
    """Raises NameUnfit: a name stands in mails to others, and must carry no address there."""
    if re.search(r"://|www\.|@|\.(com|net|org|id|info|xyz)\b", name, re.IGNORECASE):
        raise NameUnfit(field="name")
