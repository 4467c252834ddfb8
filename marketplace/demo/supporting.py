"""Invented support: a tutor beside one Pemda, a province and a ministry beside listings of others."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from marketplace.core.actor import Actor
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.queries import find_newest_version, find_version
from marketplace.opportunities.support import commenting, passing_on, recommending
from marketplace.opportunities.support.queries import list_comments
from marketplace.opportunities.support.recommending import Words
from marketplace.organisations import guiding
from marketplace.organisations.guidance_queries import find_open

DAY = timedelta(days=1)
# Listing, field ("": the whole), words; the first one is handled already.
COMMENTS = (
    ("Pasar digital Winenet", "summary", "Ringkasannya sudah jelas; sebut juga jumlah pedagangnya (rekaan)."),
    (
        "Pasar digital Winenet",
        "problem",
        "Dari mana angka pendapatan ini? Tulis sumber dan tahunnya (rekaan).",
    ),
    ("Pasar digital Winenet", "", "Siapa yang mengelola sesudah tahun pertama belum terbaca (rekaan)."),
    (
        "Mal pelayanan publik Girian",
        "sought",
        "Pisahkan yang dibiayai mitra dari yang dibiayai APBD (rekaan).",
    ),
)
RECOMMENDATIONS = (
    (
        "tutor", "Tiket terpadu wisata Selat Lembeh",
        Words(
            "Kami mendampinginya sejak konsep: datanya lengkap dan timnya siap (rekaan).",
            "We have guided it since the concept: its data are complete and its team is ready (invented).",
        ),
    ),
    (
        "companion", "Air minum kawasan pelabuhan Bitung",
        Words(
            "Sejalan dengan target air minum nasional dan siap ditawarkan (rekaan).",
            "In line with the national drinking water target and ready to be offered (invented).",
        ),
    ),
    (
        "pemda_bali", "Etalase daring pasar rakyat",
        Words("Prioritas provinsi tahun ini; pasar rakyat di kabupaten lain menyusul (rekaan)."),
    ),
)  # fmt: skip
FORWARDED = "Etalase daring pasar rakyat"


def make_support(
    listings: Mapping[str, Opportunity],
    actors: Mapping[str, Actor],
    organisations: Mapping[str, int],
    now: datetime,
) -> None:
    """The tutor guides Bitung and has asked Madiun; comments, recommendations, and what Bali passed on."""
    _guide(actors, organisations, now)
    for number, (title, field, words) in enumerate(COMMENTS):
        version = _version(listings[title])
        commenting.comment(version, field=field, words=words, actor=actors["tutor"], now=now - 3 * DAY)
        if number == 0:
            (first,) = list_comments(version.id)
            commenting.handle(version, comment_id=first.id, actor=actors["pemda_editor"], now=now - 2 * DAY)
    for persona, title, said in RECOMMENDATIONS:
        recommending.recommend(_sent(listings[title]), words=said, actor=actors[persona], now=now - DAY)
    for receiver in (organisations["pendamping"], None):
        passing_on.forward(
            _sent(listings[FORWARDED]), receiver=receiver, words="Mohon dibantu mencarikan mitra lokapasar (rekaan).",
            actor=actors["pemda_bali"], now=now - DAY,
        )  # fmt: skip


def _guide(actors: Mapping[str, Actor], organisations: Mapping[str, int], now: datetime) -> None:
    tutor = organisations["klinik"]
    for place, days in (("bitung", 20), ("madiun", 2)):
        guiding.ask(
            tutor, organisations[place], message="Kami menawarkan klinik dokumen dua minggu sekali (rekaan).",
            actor=actors["tutor"], now=now - days * DAY,
        )  # fmt: skip
    asked = find_open(organisations["bitung"], tutor)
    if asked is None:
        raise LookupError(tutor)
    guiding.agree(asked.id, seen=asked.revision, actor=actors["pemda_approver"], now=now - 19 * DAY)


def _version(listing: Opportunity) -> OpportunityVersion:
    version = find_newest_version(listing.id)
    if version is None:
        raise LookupError(listing.id)
    return version


def _sent(listing: Opportunity) -> OpportunityVersion:
    """What everybody reads, while the next one may be written already; else the newest."""
    return find_version(listing.published_version_id or 0) or _version(listing)
