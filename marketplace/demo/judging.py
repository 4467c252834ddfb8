"""Pairs that invented people decided about in the weeks before, enough of them that the score can be held against them.

Each goes the way of people, so that it carries the score which the engine gives it then; nothing here says what that is.
"""

from datetime import datetime, timedelta

from marketplace.collaborations import actions as collaborations
from marketplace.core.actor import Actor
from marketplace.interests import deciding, sending
from marketplace.interests.rules import Content, DeclineReason
from marketplace.matching.dismissing import dismiss
from marketplace.matching.factors import Side
from marketplace.matching.lists import refreshing
from marketplace.matching.rules import DismissReason
from marketplace.opportunities.models import Opportunity
from marketplace.partners.rules import Capability

R, D, A = Capability, DeclineReason, DismissReason
OFFER = "Penawaran rekaan untuk peragaan: kami siap membahas lingkup, jadwal, dan bagi hasilnya."
CAPACITY = "Tim rekaan dari delapan orang."
# Whose interest in which listing came that far, and as what.
INTRODUCED = (
    ("investor", "SPAM Sepaku hilir", R.FUND),
    ("foreign_investor", "Pengolahan sampah regional Sarbagita", R.FUND),
    ("fintech", "Tiket kapal dan taman nasional", R.PLATFORM),
    ("fintech", "Retribusi nontunai sembilan pasar", R.PLATFORM),
    ("marketplace", "Lelang ikan digital Labuan Bajo", R.PLATFORM),
    ("marketplace", "Etalase daring pasar rakyat", R.PLATFORM),
    ("startup", "Puskesmas terhubung hulu Mahakam", R.BUILD),
    ("university", "Puskesmas terhubung hulu Mahakam", R.RESEARCH),
    ("university", "Lelang ikan digital Labuan Bajo", R.RESEARCH),
)
ACCEPTED = (("investor", "Penurunan kebocoran air Semarang timur", R.FUND),)
DECLINED = (
    ("startup", "Telemedisin distrik pesisir", R.BUILD, D.SCHEME_MISMATCH),
    ("operator", "Mal pelayanan publik Jayapura", R.OPERATE, D.MUST_HAVE_UNMET),
    ("investor", "Pengolahan sampah Manggar", R.FUND, D.MUST_HAVE_UNMET),
    ("fintech", "Etalase daring pasar rakyat", R.PLATFORM, D.PARTNER_FOUND),
    ("fintech", "Lelang ikan digital Labuan Bajo", R.PLATFORM, D.PARTNER_FOUND),
    ("marketplace", "Tiket kapal dan taman nasional", R.PLATFORM, D.MUST_HAVE_UNMET),
    ("marketplace", "Satu tiket kawasan Mandalika", R.PLATFORM, D.CAPACITY),
    ("operator", "Mal pelayanan publik Panakkukang", R.OPERATE, D.MUST_HAVE_UNMET),
    ("startup", "Angkutan pengumpan kawasan penyangga IKN", R.PLATFORM, D.CAPACITY),
)
PUT_ASIDE = (
    (
        "operator", A.OTHER_FIELD,
        ("Kendali lalu lintas adaptif koridor timur", "Pengolahan sampah Manggar", "Puskesmas terhubung hulu Mahakam",
         "Informasi angkutan waktu nyata Medan"),
    ),
    (
        "university", A.OTHER_FIELD,
        ("Mal pelayanan publik Gedebage", "SPAM Sepaku hilir", "Penurunan kebocoran air Semarang timur",
         "Kendali lalu lintas adaptif koridor timur"),
    ),
    (
        "marketplace", A.OTHER_FIELD,
        ("Puskesmas terhubung hulu Mahakam", "Telemedisin distrik pesisir", "Informasi angkutan waktu nyata Medan"),
    ),
    ("startup", A.OTHER_FIELD, ("Lelang ikan digital Labuan Bajo", "Pengolahan sampah Manggar")),
    ("startup", A.TIMING, ("Tiket kapal dan taman nasional",)),
    ("fintech", A.OTHER_FIELD, ("Puskesmas terhubung hulu Mahakam", "Telemedisin distrik pesisir")),
    ("fintech", A.TIMING, ("Satu tiket kawasan Mandalika",)),
    ("foreign_investor", A.SIZE, ("Puskesmas terhubung hulu Mahakam", "Lelang ikan digital Labuan Bajo")),
    ("foreign_investor", A.OTHER_FIELD, ("Etalase daring pasar rakyat", "Telemedisin distrik pesisir")),
    ("investor", A.SIZE, ("Puskesmas terhubung hulu Mahakam", "Telemedisin distrik pesisir")),
)  # fmt: skip


def begin_scoring(now: datetime) -> None:
    """A model of the texts that there are, as a night makes it; its lists follow once the rest is there too."""
    refreshing.begin_without_lists(now=now)


def make_decisions(
    listings: dict[str, Opportunity],
    people: dict[str, Actor],
    approvers: dict[str, Actor],
    moderator: Actor,
    now: datetime,
) -> None:
    """Sends and answers each interest soon after its listing was published, and puts the others aside."""
    for persona, title, role in (*INTRODUCED, *ACCEPTED):
        listing, sent = listings[title], _sent(listings[title])
        interest_id = _send(people[persona], listing, role, sent)
        deciding.accept(
            interest_id=interest_id,
            seen=None,
            actor=approvers[listing.region_code],
            now=sent + timedelta(hours=9),
        )
        if (persona, title, role) in INTRODUCED:
            collaborations.introduce(interest_id=interest_id, actor=moderator, now=sent + timedelta(hours=15))
    for persona, title, role, why in DECLINED:
        listing, sent = listings[title], _sent(listings[title])
        deciding.decline(
            interest_id=_send(people[persona], listing, role, sent), reason=why, words="",
            seen=None, actor=approvers[listing.region_code], now=sent + timedelta(hours=10),
        )  # fmt: skip
    for persona, reason, titles in PUT_ASIDE:
        for title in titles:
            dismiss(
                Side.PARTNER, opportunity_id=listings[title].id, reason=reason, words="", actor=people[persona],
                organisation_id=people[persona].memberships[0].organisation_id, now=now - timedelta(hours=30),
            )  # fmt: skip


def _sent(listing: Opportunity) -> datetime:
    if listing.published_at is None:
        raise LookupError(listing.id)
    return listing.published_at + timedelta(hours=6)


def _send(partner: Actor, listing: Opportunity, role: Capability, at: datetime) -> int:
    content = Content(
        roles=(role,), offer=OFFER, capacity=CAPACITY, question="", ticket_amount=None, ticket_currency="IDR"
    )
    writing = sending.Writing(listing.id, listing.published_version_id or 0, content)
    return sending.send_interest(writing=writing, actor=partner, now=at).id
