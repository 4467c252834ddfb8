"""Invented interests in every state, up to one introduction."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from marketplace.collaborations import actions as collaborations
from marketplace.collaborations.rules import RefuseReason
from marketplace.core.actor import Actor
from marketplace.interests import deciding, sending
from marketplace.interests.models import Interest
from marketplace.interests.rules import Content, DeclineReason
from marketplace.opportunities.models import Opportunity
from marketplace.partners.rules import Capability

BILLION = 1_000_000_000


@dataclass(frozen=True)
class DemoInterest:
    """Who writes to which listing, and what became of it; the ticket in rupiah where no currency is named."""

    partner: str
    listing: str
    state: str
    roles: tuple[Capability, ...]
    offer: str
    ticket: int | None = None
    question: str = ""
    capacity: str = ""
    currency: str = "IDR"
    # Of the listing's must-haves, in their order.
    answers: tuple[str, ...] = ()


R = Capability
INTERESTS = (
    DemoInterest(
        "fintech", "Tiket terpadu wisata Selat Lembeh", "sent", (R.PLATFORM, R.OPERATE),
        "Kami memasang gerbang tiket dan QRIS di 17 objek wisata dengan bagi hasil 4 persen tiap transaksi (rekaan).",
        12 * BILLION, "Apakah data kunjungan tiga tahun dapat dibuka?",
        answers=("Terdaftar sejak 2022, nomor rekaan 01/PJP.", "Berjalan di dua belas pasar di Jawa Barat (rekaan)."),
    ),
    DemoInterest(
        "marketplace", "Tiket terpadu wisata Selat Lembeh", "more_info", (R.PLATFORM,),
        "Tiket dijual pula di lokapasar kami bersama paket oleh-oleh daerah (rekaan).", 3 * BILLION,
    ),
    # With the two above: enough to be worth comparing.
    DemoInterest(
        "startup", "Tiket terpadu wisata Selat Lembeh", "shortlisted", (R.PLATFORM, R.BUILD),
        "Aplikasi tiket dan penghitung pengunjung kami bangun bersama pengelola objek wisata (rekaan).", 6 * BILLION,
        answers=("Bermitra dengan penyelenggara terdaftar.", ""),
    ),
    DemoInterest(
        "foreign_investor", "Tiket terpadu wisata Selat Lembeh", "sent", (R.FUND,),
        "Equity for gates and software, repaid from ticket fees over eight years (invented).", 1_150_000, currency="USD",
    ),
    DemoInterest(
        "university", "Tiket terpadu wisata Selat Lembeh", "sent", (R.RESEARCH,),
        "Kajian daya dukung objek wisata dan pelatihan petugas selama dua tahun (rekaan).",
        capacity="Enam peneliti pariwisata bahari.",
    ),
    DemoInterest(
        "investor", "Air minum kawasan pelabuhan Bitung", "accepted", (R.FUND, R.OPERATE),
        "Kami mendanai unit produksi 200 liter per detik dan mengoperasikannya 20 tahun (rekaan).", 175 * BILLION,
    ),
    DemoInterest(
        "foreign_investor", "Air minum kawasan pelabuhan Bitung", "declined", (R.FUND,),
        "Equity for the production unit through our fund (invented).", 150 * BILLION,
    ),
    DemoInterest(
        "operator", "Perluasan lampu jalan cerdas tahap kedua", "introduced", (R.BUILD, R.OPERATE),
        "Kami mengganti dan memelihara seluruh titik dengan jaminan perbaikan 24 jam (rekaan).", 74 * BILLION,
    ),
    DemoInterest(
        "startup", "Kendali lalu lintas adaptif koridor timur", "shortlisted", (R.PLATFORM, R.SUPPLY),
        "Perangkat lunak kendali adaptif kami berjalan di dua kota, bekerja sama dengan pemasang lokal (rekaan).", 8 * BILLION,
    ),
    DemoInterest(
        "startup", "Informasi angkutan waktu nyata Medan", "refused", (R.PLATFORM,),
        "Layar kedatangan dan aplikasi penumpang untuk seluruh koridor kota (rekaan).", 5 * BILLION,
    ),
    DemoInterest(
        "foreign_investor", "Pengolahan sampah Manggar", "sent", (R.FUND, R.BUILD),
        "Financing and technology for a 300 tonne a day plant (invented).", 260 * BILLION,
    ),
    DemoInterest(
        "university", "Telemedisin distrik pesisir", "sent", (R.RESEARCH,),
        "Pendampingan dua tahun oleh fakultas kedokteran kami (rekaan).", capacity="Delapan dosen dan satu laboratorium.",
    ),
)  # fmt: skip


def make_interests(
    listings: dict[str, Opportunity],
    partners: dict[str, Actor],
    approvers: dict[str, Actor],
    moderator: Actor,
    now: datetime,
) -> None:
    """Sends each interest and takes it to its state."""
    for number, wanted in enumerate(INTERESTS):
        listing = listings[wanted.listing]
        sent = now - timedelta(hours=20 + 3 * number)
        content = Content(
            roles=tuple(wanted.roles), offer=wanted.offer, capacity=wanted.capacity,
            question=wanted.question, ticket_currency=wanted.currency, must_answers=wanted.answers,
            ticket_amount=Decimal(wanted.ticket) if wanted.ticket else None,
        )  # fmt: skip
        writing = sending.Writing(listing.id, listing.published_version_id or 0, content)
        interest = sending.send_interest(writing=writing, actor=partners[wanted.partner], now=sent)
        _answer(interest, wanted.state, approvers[listing.region_code], moderator, sent + timedelta(hours=5))


def _answer(interest: Interest, state: str, approver: Actor, moderator: Actor, at: datetime) -> None:
    seen = interest.revision
    if state == "shortlisted":
        deciding.shortlist(interest_id=interest.id, seen=seen, actor=approver, now=at)
    elif state == "more_info":
        question = "Di daerah mana sistem ini sudah berjalan?"
        deciding.ask_more_info(interest_id=interest.id, question=question, seen=seen, actor=approver, now=at)
    elif state == "declined":
        reason = DeclineReason.CAPACITY
        deciding.decline(interest_id=interest.id, reason=reason, words="", seen=seen, actor=approver, now=at)
    elif state in ("accepted", "introduced", "refused"):
        deciding.accept(interest_id=interest.id, seen=seen, actor=approver, now=at)
    if state == "introduced":
        collaborations.introduce(
            interest_id=interest.id, seen=interest.revision, actor=moderator, now=at + timedelta(hours=9)
        )
    elif state == "refused":
        words = "Uji coba di dua halte diperlukan dahulu (rekaan)."
        collaborations.refuse(
            interest_id=interest.id, reason=RefuseReason.OTHER, words=words, seen=interest.revision, actor=moderator,
            now=at + timedelta(hours=9),
        )  # fmt: skip
