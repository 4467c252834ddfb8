"""What invented partners offer wherever it is wanted."""

from datetime import datetime, timedelta
from typing import Any

from marketplace.core.actor import Actor
from marketplace.core.dates import HOME_ZONE, local_day
from marketplace.partners.offering import Offer, close_offer, post_offer

_BILLION = 10**9
# Persona, organisation, offer, for how many days, and how many days ago it was posted.
OFFERS: tuple[tuple[str, str, dict[str, Any], int, int], ...] = (
    (
        "startup", "simpang",
        {
            "title_id": "Sensor parkir untuk kota dan pasar", "title_en": "Parking sensors for cities and markets",
            "words_id": "Contoh demonstrasi. Kami memasok dan memasang sensor parkir di badan jalan; pembayarannya dari"
            " kenaikan retribusi.",
            "words_en": "Demonstration. We supply and install on-street parking sensors, paid out of the added fees.",
            "capability_codes": ["supply", "platform"], "sector_codes": ["smart-traffic", "market"],
            "region_codes": ["61", "62", "63", "64", "65"], "scheme_codes": ["ksdpk"],
            "ticket_min_idr": 5 * _BILLION, "ticket_max_idr": 20 * _BILLION,
        },
        180, 12,
    ),
    (
        "investor", "tirta",
        {
            "title_id": "Modal untuk SPAM di Indonesia timur", "title_en": "",
            "words_id": "Contoh demonstrasi. Kami menanam modal pada sistem air minum yang kajiannya sudah selesai.",
            "words_en": "", "capability_codes": ["fund", "operate"], "sector_codes": ["water-supply"],
            "region_codes": ["53", "71", "73", "81", "91"], "scheme_codes": ["kpbu"],
            "ticket_min_idr": 50 * _BILLION, "ticket_max_idr": 300 * _BILLION,
        },
        300, 5,
    ),
    (
        "fintech", "lancar",
        {
            "title_id": "Uji coba retribusi nontunai satu pasar", "title_en": "",
            "words_id": "Contoh demonstrasi. Uji coba tiga bulan tanpa biaya di satu pasar.", "words_en": "",
            "capability_codes": ["platform"], "sector_codes": ["market", "fintech-payments"], "region_codes": [],
            "scheme_codes": [], "ticket_min_idr": None, "ticket_max_idr": 2 * _BILLION,
        },
        90, 40,
    ),
)  # fmt: skip


def make_offers(people: dict[str, Actor], organisations: dict[str, int], now: datetime) -> None:
    """Posts each; the last one was taken off again."""
    for persona, key, values, days, ago in OFFERS:
        then = now - timedelta(days=ago)
        until = local_day(then, HOME_ZONE) + timedelta(days=days)
        made = post_offer(
            organisations[key], Offer(**values, valid_until=until), actor=people[persona], now=then
        )
    close_offer(
        organisations[OFFERS[-1][1]], made.id, reason="found", actor=people[OFFERS[-1][0]],
        now=now - timedelta(days=2), seen=made.revision,
    )  # fmt: skip
