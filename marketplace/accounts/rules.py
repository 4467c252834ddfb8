"""What a password, a name and a second factor must be, which terms are in force, how long a link or a proof lives."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Set
from datetime import timedelta
from enum import StrEnum

from marketplace.core.refusal import Refusal
from marketplace.core.words import _l

# Of the terms and of the privacy policy: one text changes, both are agreed to anew.
TERMS_VERSION = "2026-11"
LANGUAGES = ("id", "en")

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256
LONGEST_NAME = 120

CONFIRM_WITHIN = timedelta(days=2)
RESET_WITHIN = timedelta(hours=1)
STAFF_LINK_WITHIN = timedelta(days=2)
ADDRESS_CHANGE_WITHIN = timedelta(days=1)
# A cookie that was copied, or left on somebody else's machine, is worth nothing afterwards.
SIGN_IN_LASTS = timedelta(days=7)

# Between the right password and the second step.
SECOND_STEP_WITHIN = timedelta(minutes=10)

RECOVERY_CODES = 10
RECOVERY_CODES_RUN_LOW = 3
MOST_PASSKEYS = 10
LONGEST_PASSKEY_NAME = 60
_RECOVERY_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_RECOVERY_LENGTH = 16
_RECOVERY_GROUP = 4

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


class ConsentKind(StrEnum):
    TERMS = "terms"
    PRIVACY = "privacy"


class ConsentStep(StrEnum):
    GIVEN = "given"
    WITHDRAWN = "withdrawn"


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


class CodeWrong(Refusal):
    """Not the code of this half minute, used before, or no recovery code that is left."""

    message = _l(
        "Kode ini tidak cocok atau sudah dipakai. Tunggu kode berikutnya di aplikasi, lalu coba lagi."
    )


class AuthenticatorOn(Refusal):
    message = _l("Aplikasi autentikator sudah aktif. Lepas dahulu bila hendak menggantinya.")


class PasskeyRefused(Refusal):
    """The browser's answer does not fit the question, the site or the stored key."""

    message = _l("Kunci sandi tidak dapat diperiksa. Muat ulang halaman ini, lalu coba lagi.")


class PasskeyTaken(Refusal):
    message = _l("Kunci sandi ini sudah terdaftar.")


class TooManyPasskeys(Refusal):
    message = _l("Paling banyak %(most)s kunci sandi. Hapus dahulu yang tidak dipakai.")


class SecondFactorDemanded(Refusal):
    """The last second factor of somebody whose role demands one."""

    message = _l("Peran Anda menuntut langkah kedua. Tambahkan cara lain dahulu, baru lepas yang ini.")


class AddressUnchanged(Refusal):
    message = _l("Ini alamat surel Anda yang sekarang.")


def print_recovery_code(letters: str) -> str:
    """abcd-efgh-jkmn-pqrs, as it is shown once."""
    groups = range(0, len(letters), _RECOVERY_GROUP)
    return "-".join(letters[place : place + _RECOVERY_GROUP] for place in groups)


def new_recovery_code(choose: Callable[[str], str]) -> str:
    """16 letters (80 bits), drawn by `choose` from an alphabet that can be read out on the telephone."""
    return "".join(choose(_RECOVERY_ALPHABET) for _ in range(_RECOVERY_LENGTH))


def parse_recovery_code(typed: str) -> str | None:
    """The letters of a recovery code, however they were typed; None where it cannot be one."""
    letters = re.sub(r"[\s-]", "", typed).lower().translate(str.maketrans("oil", "011"))
    fits = len(letters) == _RECOVERY_LENGTH and set(letters) <= set(_RECOVERY_ALPHABET)
    return letters if fits else None


def parse_app_code(typed: str) -> str | None:
    """The six digits of an authenticator app, with or without blanks; None where it cannot be one."""
    digits = re.sub(r"\s", "", typed)
    return digits if len(digits) == 6 and digits.isascii() and digits.isdigit() else None
