"""Words, tones and icons of an interest."""

from dataclasses import dataclass
from typing import Protocol

from markupsafe import Markup, escape

from marketplace.core.words import LazyString, _l
from marketplace.interests.rules import DeclineReason, InterestState, WithdrawReason
from marketplace.opportunities import wording
from marketplace.partners.labels import CAPABILITY


@dataclass(frozen=True, slots=True)
class Label:
    tone: str
    icon: str
    text: LazyString


class Titled(Protocol):
    @property
    def title_id(self) -> str: ...
    @property
    def title_en(self) -> str: ...


STATE = {
    InterestState.DRAFT: Label("neutral", "pencil", _l("Draf")),
    InterestState.SENT: Label("go", "send", _l("Terkirim")),
    InterestState.READ: Label("info", "eye", _l("Dibaca")),
    InterestState.SHORTLISTED: Label("info", "bookmark-star", _l("Daftar pendek")),
    InterestState.MORE_INFO: Label("warm", "chat-left-dots-fill", _l("Perlu keterangan")),
    InterestState.ACCEPTED: Label("good", "check-circle-fill", _l("Diterima")),
    InterestState.DECLINED: Label("bad", "x-circle", _l("Tidak dilanjutkan")),
    InterestState.WITHDRAWN: Label("quiet", "dash-circle", _l("Ditarik")),
    InterestState.NOT_INTRODUCED: Label("bad", "x-octagon", _l("Tidak diperkenalkan")),
    InterestState.LAPSED: Label("quiet", "hourglass-bottom", _l("Gugur")),
}

# What a partner would be in the project is what its profile says that it can do.
ROLE = CAPABILITY

DECLINE_REASON = {
    DeclineReason.PARTNER_FOUND: _l("Sudah ada mitra"),
    DeclineReason.MUST_HAVE_UNMET: _l("Syarat wajib belum terpenuhi"),
    DeclineReason.SCHEME_MISMATCH: _l("Skema tidak sesuai"),
    DeclineReason.CAPACITY: _l("Kapasitas belum cukup"),
    DeclineReason.INCOMPLETE: _l("Keterangan belum lengkap"),
    DeclineReason.OTHER: _l("Alasan lain"),
}

WITHDRAW_REASON = {
    WithdrawReason.CAPACITY_CHANGED: _l("Kapasitas kami berubah"),
    WithdrawReason.TERMS_UNSUITABLE: _l("Syaratnya tidak cocok bagi kami"),
    WithdrawReason.SENT_IN_ERROR: _l("Terkirim karena keliru"),
    WithdrawReason.OTHER: _l("Alasan lain"),
}

EVENT = {
    "interest:sent": _l("Minat dikirim"),
    "interest:read": _l("Dibaca"),
    "interest:shortlisted": _l("Masuk daftar pendek"),
    "interest:more_info_asked": _l("Keterangan diminta"),
    "interest:answered": _l("Keterangan dijawab"),
    "interest:accepted": _l("Minat diterima"),
    "interest:declined": _l("Tidak dilanjutkan"),
    "interest:withdrawn": _l("Minat ditarik"),
    "interest:not_introduced": _l("Tidak diperkenalkan"),
}


def reason_text(code: str | None) -> LazyString | None:
    """The words of a reason of either side; None for none."""
    reasons = [*DECLINE_REASON.items(), *WITHDRAW_REASON.items()]
    return next((words for known, words in reasons if known == code), None)


def title_in(row: Titled, language: str) -> str:
    """The listing's title in that language; the Indonesian one where there is no other."""
    return wording.title_in(row, language)[0]


def shown_title(row: Titled, language: str) -> Markup:
    """The same for a page: words in another language than the page's are marked as such."""
    words, other = wording.title_in(row, language)
    return Markup('<span lang="{}">{}</span>').format(other, words) if other else escape(words)
