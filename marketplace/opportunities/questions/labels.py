"""Words of a question: why it was left unanswered, taken back or hidden, and what happened to it."""

from collections.abc import Mapping
from typing import Any

from marketplace.core.words import LazyString, _l
from marketplace.opportunities.questions.rules import (
    HideReason,
    QuestionDeclineReason,
    QuestionWithdrawReason,
)

DECLINE_REASON = {
    QuestionDeclineReason.ALREADY_ANSWERED: _l("Sudah dijawab pada pertanyaan lain"),
    QuestionDeclineReason.STANDS_IN_LISTING: _l("Sudah tertulis di halaman peluang atau dokumennya"),
    QuestionDeclineReason.CONFIDENTIAL: _l("Keterangannya belum dapat dibuka untuk umum"),
    QuestionDeclineReason.UNRELATED: _l("Di luar peluang ini"),
    QuestionDeclineReason.UNCLEAR: _l("Pertanyaannya belum jelas"),
    QuestionDeclineReason.OTHER: _l("Lainnya"),
}
WITHDRAW_REASON = {
    QuestionWithdrawReason.FOUND_ANSWER: _l("Jawabannya sudah kami temukan"),
    QuestionWithdrawReason.NO_LONGER_NEEDED: _l("Tidak diperlukan lagi"),
    QuestionWithdrawReason.ASKED_IN_ERROR: _l("Terkirim karena keliru"),
}
HIDE_REASON = {
    HideReason.PERSONAL_DATA: _l("Memuat data pribadi"),
    HideReason.NAMES_ASKER: _l("Memberi tahu siapa yang bertanya"),
    HideReason.CONFIDENTIAL: _l("Memuat keterangan rahasia"),
    HideReason.MISLEADING: _l("Menyesatkan atau tidak benar"),
    HideReason.NOT_LAWFUL: _l("Bertentangan dengan peraturan"),
    HideReason.OTHER: _l("Lainnya"),
}
REASONS_OF: Mapping[str, Mapping[Any, LazyString]] = {
    "question:declined": DECLINE_REASON,
    "question:withdrawn": WITHDRAW_REASON,
    "question:hidden": HIDE_REASON,
}
EVENT = {
    "question:asked": _l("Pertanyaan diajukan"),
    "question:answered": _l("Pertanyaan dijawab untuk umum"),
    "question:edited": _l("Jawaban untuk umum diubah"),
    "question:declined": _l("Pertanyaan tidak dijawab"),
    "question:withdrawn": _l("Pertanyaan ditarik penanyanya"),
    "question:hidden": _l("Tanya jawab disembunyikan"),
    "question:shown": _l("Tanya jawab ditampilkan lagi"),
    "question:reminded": _l("Pemda diingatkan akan batas jawab"),
}
