"""Invented organisations: a verified Pemda where a region has none yet, and partners with a profile."""

import random
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from marketplace.core.actor import OrganisationKind
from marketplace.core.text import confusable_key, slugify
from marketplace.operation.synthetic import words
from marketplace.organisations.rules import OrganisationStatus
from marketplace.partners.rules import LegalForm, PartnerKind
from marketplace.regions.gazetteer import Place
from marketplace.taxonomy.catalogue import Taxonomy

Row = tuple[Any, ...]
ORGANISATION_COLUMNS = (
    "id", "kind", "status", "name", "name_key", "slug", "region_code", "contact_unit", "created_at", "decided_at",
)  # fmt: skip
PROFILE_COLUMNS = (
    "organisation_id", "partner_kind", "legal_name", "legal_form", "country", "about_id", "ticket_min_idr",
    "ticket_max_idr", "sector_codes", "region_codes", "scheme_codes",
)  # fmt: skip
_BILLION = 10**9


def pemda(places: Iterable[Place], first_id: int, now: datetime) -> Iterator[Row]:
    """A verified Pemda for each region."""
    for number, place in enumerate(places, first_id):
        name = f"Pemerintah {place.display}"
        yield _organisation(number, OrganisationKind.PEMDA, name, place.code, "Bagian Kerja Sama", now)


def partners(number: int, seed: int, first_id: int, now: datetime) -> Iterator[Row]:
    """Verified partners; the words repeat, so the number makes each name its own."""
    source = random.Random(f"partners {seed}")
    for index in range(number):
        name = f"PT {source.choice(words.COMPANIES)} {source.choice(words.TRADES)} {seed}-{index} (rekaan)"
        yield _organisation(first_id + index, OrganisationKind.PARTNER, name, None, "Pengembangan Usaha", now)


def profiles(number: int, seed: int, first_id: int, terms: Taxonomy, provinces: list[Place]) -> Iterator[Row]:
    """What each partner looks for."""
    source = random.Random(f"profiles {seed}")
    sectors, schemes = list(terms.sectors), list(terms.schemes)
    for index in range(number):
        least = source.choice((None, source.randint(1, 200) * _BILLION))
        yield (
            first_id + index, source.choice(list(PartnerKind)), f"PT Rekaan {seed}-{index}", LegalForm.PT, "ID",
            "Mitra rekaan untuk mengisi basis data uji.", least, least * source.randint(2, 50) if least else None,
            source.sample(sectors, source.randint(1, 5)),
            [place.code for place in source.sample(provinces, source.randint(0, 6))],
            source.sample(schemes, source.randint(0, 3)),
        )  # fmt: skip


def _organisation(
    number: int, kind: OrganisationKind, name: str, region_code: str | None, unit: str, now: datetime
) -> Row:
    slug = f"{slugify(name)}-{number}"
    return (
        number,
        kind,
        OrganisationStatus.VERIFIED,
        name,
        confusable_key(name),
        slug,
        region_code,
        unit,
        now,
        now,
    )
