"""How long things are kept, the life of an erasure, and how a person is recognised in words."""

import json
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from marketplace.core.refusal import Conflict, Refusal
from marketplace.core.words import _l
from marketplace.lifecycle.rules import Step, Steps

# From asking for the erasure to doing it: long enough to notice a mistake, or somebody else's hand.
COOLING_OFF = timedelta(days=7)
COPY_LASTS = timedelta(days=3)
# Fifty presses are one copy.
COPY_AGAIN_AFTER = timedelta(hours=1)

MARK = "[akun dihapus]"
SLUG_MARK = "x"
SHORTEST_NAME = 3
FEWEST_DIGITS = 7
PHONES_AT_MOST = 5


class Keep(StrEnum):
    """What is kept for a time only; what does it is privacy/tidying.py.

    Loose files and lapsed counts have sweeps of their own: files/sweeping.py, operation/tidying.py.
    """

    UNCONFIRMED_ACCOUNT = "unconfirmed_account"
    SIGN_IN = "sign_in"
    READ_NOTICE = "read_notice"
    SENT_LETTER = "sent_letter"
    LONE_DRAFT = "lone_draft"
    INVITATION = "invitation"
    COPY = "copy"


PERIODS = {
    Keep.UNCONFIRMED_ACCOUNT: timedelta(days=30),
    Keep.SIGN_IN: timedelta(days=90),
    Keep.READ_NOTICE: timedelta(days=365),
    Keep.SENT_LETTER: timedelta(days=90),
    Keep.LONE_DRAFT: timedelta(days=180),
    Keep.INVITATION: timedelta(days=30),
    Keep.COPY: COPY_LASTS,
}


class ErasureStatus(StrEnum):
    # Derived: nobody has asked.
    NONE = "none"
    ASKED = "asked"
    CANCELLED = "cancelled"
    DONE = "done"


S = ErasureStatus
STORED = (S.ASKED, S.CANCELLED, S.DONE)
STEPS: Steps = {
    (S.NONE, S.ASKED): Step("account:erasure_asked", by="person"),
    (S.ASKED, S.CANCELLED): Step("account:erasure_cancelled", by="person"),
    (S.ASKED, S.DONE): Step("account:erased", by="system"),
}


class StillNeeded(Refusal):
    message = _l(
        "Akun Anda masih memegang organisasi yang urusannya terbuka. Selesaikan yang disebut di bawah, lalu coba lagi."
    )


class LastModerator(Refusal):
    message = _l("Anda moderator terakhir. Angkat moderator lain dulu, supaya antrean tetap dijawab.")


class PhoneUnfit(Refusal):
    message = _l("Tulis nomor telepon saja, satu di tiap baris, paling banyak %(most)s.")


class NothingAsked(Conflict):
    message = _l("Tidak ada penghapusan yang menunggu.")


class CopyGone(Refusal):
    status = 410
    message = _l("Salinan ini sudah lewat waktunya. Minta yang baru di halaman data Anda.")


def is_copy_there(ready_at: datetime | None, now: datetime) -> bool:
    """Whether a copy can be downloaded."""
    return ready_at is not None and now < ready_at + COPY_LASTS


def may_renew_copy(asked_at: datetime, now: datetime) -> bool:
    """Whether another copy may take the place of the one asked for then."""
    return asked_at <= now - COPY_AGAIN_AFTER


def read_phones(text: str) -> tuple[str, ...]:
    """The numbers of a text, one a line. Raises PhoneUnfit."""
    lines = tuple(line.strip() for line in text.splitlines() if line.strip())
    unfit = [line for line in lines if not re.fullmatch(r"\+?[\d\s().-]+", line) or not _core_digits(line)]
    if unfit or len(lines) > PHONES_AT_MOST:
        raise PhoneUnfit(field="phones", most=PHONES_AT_MOST)
    return lines


def name_pattern(names: Iterable[str]) -> str:
    """A PostgreSQL pattern for these full names, whatever stands between their words; "" without any."""
    between = r"(?:[\s_.,+-]|\\n)+"
    found = []
    for name in sorted({" ".join(name.split()) for name in names}):
        if len(name) >= SHORTEST_NAME:
            found += [between.join(re.escape(word) for word in form.split()) for form in _forms(name)]
    return rf"(?<![[:alnum:]])(?:{'|'.join(found)})(?![[:alnum:]])" if found else ""


def email_pattern(emails: Iterable[str]) -> str:
    """The same for addresses; a longer address that ends or begins so is another one."""
    found = [re.escape(form) for email in sorted(set(emails)) if email for form in _forms(email)]
    before, after = r"(?<![[:alnum:]._%+-])", r"(?![[:alnum:]-]|\.[[:alnum:]])"
    return rf"{before}(?:{'|'.join(found)}){after}" if found else ""


def phone_pattern(phones: Iterable[str]) -> str:
    """The same for phone numbers, with 62, 0 or nothing before them, whatever separates the digits."""
    between = r"[\s().-]*"
    found = sorted({between.join(digits) for phone in phones if (digits := _core_digits(phone))})
    return rf"(?<![0-9])(?:\+?62[\s().-]*|0)?(?:{'|'.join(found)})(?![0-9])" if found else ""


def any_of(*patterns: str) -> str:
    """One pattern for what any of these finds; "" where none finds anything."""
    return "|".join(f"(?:{pattern})" for pattern in patterns if pattern)


def _forms(word: str) -> list[str]:
    # Inside JSON some letters are written otherwise.
    return sorted({word, json.dumps(word, ensure_ascii=False)[1:-1]})


def _core_digits(phone: str) -> str:
    """The digits without country and trunk prefix; "" where they are too few to be somebody's."""
    digits = re.sub(r"\D", "", phone)
    core = digits.removeprefix("62") if phone.strip().startswith(("+", "62")) else digits.removeprefix("0")
    core = core.removeprefix("0")
    return core if len(core) >= FEWEST_DIGITS else ""
