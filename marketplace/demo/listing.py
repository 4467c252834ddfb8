"""Takes the invented listings through their real lives, by the same actions as people do."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from marketplace.core.actor import Actor
from marketplace.demo.approving import attach_first_documents
from marketplace.extensions import db
from marketplace.opportunities import editing, ending, publishing
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.queries import find_newest_version
from marketplace.opportunities.rules import (
    LifeStatus,
    NoPartnerReason,
    RejectReason,
    ReturnReason,
    VersionStatus,
    WithdrawReason,
)
from marketplace.opportunities.support import assisting
from marketplace.regions.queries import gazetteer
from marketplace.taxonomy.kbli_suggestion import EDITION

SOURCE = Path(__file__).with_name("listings.toml")
# Long enough before its deadline that every listing was once open.
LEAD = timedelta(days=75)
TEXTS = ("summary", "problem", "users_served", "existing", "sought", "expected_result")


@dataclass(frozen=True)
class Cast:
    """Who acts in the demonstration."""

    pemda: dict[str, tuple[Actor, Actor]]
    moderator: Actor


def read_listings() -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The kinds' texts, and the listings."""
    content = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    return content["kind"], content["listing"]


def make_listings(cast: Cast, now: datetime) -> dict[str, Opportunity]:
    """All listings, each in the state that the file says, by Indonesian title."""
    kinds, listings = read_listings()
    return {
        entry["title_id"]: _make(entry, kinds[entry["kind"]], cast, number, now)
        for number, entry in enumerate(listings)
    }


def _make(entry: dict[str, Any], kind: dict[str, Any], cast: Cast, number: int, now: datetime) -> Opportunity:
    writer, approver = cast.pemda[entry["region"]]
    deadline = (now + timedelta(days=entry["days"])).date()
    begun = (
        now - timedelta(days=entry.get("begun", 3 + number % 20))
        if entry["days"] > 0
        else now + timedelta(days=entry["days"]) - LEAD
    )
    written: dict[str, Any] = {
        "template": kind["template"], "content": content_of(entry, kind, deadline), "now": begun,
    }  # fmt: skip
    if entry.get("written_by") == "laip":
        writer = cast.moderator
        opportunity = assisting.begin_for(entry["region"], actor=writer, **written)
    else:
        ours = writer.memberships[0].organisation_id
        opportunity = editing.start_draft(organisation_id=ours, actor=writer, **written)
    opportunity.demo = True
    db.session.flush()
    version = find_newest_version(opportunity.id)
    if version is None:
        raise LookupError(opportunity.id)
    if entry.get("documents"):
        attach_first_documents(version, writer, begun)
    if entry["state"] != "draft":
        _take_through(
            opportunity, version, entry["state"], Trio(writer, approver, cast.moderator), begun, now
        )
    return opportunity


def content_of(entry: dict[str, Any], kind: dict[str, Any], deadline: date) -> dict[str, Any]:
    """The columns of the first version; English only where the listing has an English title."""
    region = gazetteer().by_code[entry["region"]]
    names = {"place": region.full_name, "place_en": region.full_name}
    english = bool(entry["title_en"])
    texts = {f"{text}_id": kind[f"{text}_id"].format(**names) for text in TEXTS}
    texts |= {f"{text}_en": kind[f"{text}_en"].format(**names) if english else "" for text in TEXTS}
    value, sought = entry.get("value"), entry.get("sought")
    return {
        **texts,
        "title_id": entry["title_id"], "title_en": entry["title_en"],
        "dimension_code": kind["dimension"], "sector_code": kind["sector"], "scheme_codes": kind["schemes"],
        "partner_kinds": kind["partner_kinds"], "must_haves_id": kind["must_haves"],
        "must_codes": kind.get("must_codes", []), "capability_codes": kind.get("capability_codes", []),
        "language_codes": kind.get("language_codes", []), "kbli_code": entry.get("kbli"),
        "kbli_edition": EDITION if "kbli" in entry else None, "readiness": entry["readiness"],
        "value_amount": value, "value_idr": value, "sought_amount": sought, "sought_idr": sought,
        "price_year": 2026 if value else None, "interest_deadline": deadline,
        "decision_expected": deadline + timedelta(days=30),
        "contact_role": f"Bagian Kerja Sama, Sekretariat Daerah {region.full_name}",
    }  # fmt: skip


@dataclass(frozen=True)
class Trio:
    writer: Actor
    approver: Actor
    moderator: Actor


def _take_through(
    opportunity: Opportunity,
    version: OpportunityVersion,
    state: str,
    people: Trio,
    begun: datetime,
    now: datetime,
) -> None:
    hour = timedelta(hours=1)
    publishing.send_to_approver(version, seen=version.revision, actor=people.writer, now=begun + hour)
    if state == "in_approval":
        return
    if version.status is VersionStatus.IN_APPROVAL:
        publishing.submit_version(version, seen=version.revision, actor=people.approver, now=begun + 5 * hour)
    if state == "submitted":
        return
    decided = begun + 30 * hour
    if state in ("returned", "rejected"):
        _say_no(version, state, people.moderator, decided)
        return
    publishing.publish_version(version, seen=version.revision, actor=people.moderator, now=decided)
    _end(opportunity, version, state, people.approver, now)


def _say_no(version: OpportunityVersion, state: str, moderator: Actor, at: datetime) -> None:
    seen = version.revision
    if state == "rejected":
        publishing.reject_version(
            version, seen=seen, reason=RejectReason.IS_A_TENDER, actor=moderator, now=at,
            words="Ini pengadaan barang biasa. Gunakan SPSE.",
        )  # fmt: skip
        return
    publishing.return_version(
        version, seen=seen, reason=ReturnReason.FIGURES_UNSOURCED, words="Angka nilai belum bersumber.",
        marks={"value_amount": "Lampirkan dokumen yang memuat nilai ini."}, actor=moderator, now=at,
    )  # fmt: skip


def _end(
    opportunity: Opportunity, version: OpportunityVersion, state: str, approver: Actor, now: datetime
) -> None:
    yesterday = now - timedelta(days=1)
    common: dict[str, Any] = {
        "version": version,
        "seen": opportunity.revision,
        "actor": approver,
        "now": yesterday,
    }
    if state == "withdrawn":
        ending.withdraw(opportunity, reason=WithdrawReason.PLANS_CHANGED, words="", **common)
    elif state == "partner_found":
        ending.record_outcome(opportunity, outcome=LifeStatus.PARTNER_FOUND, reason=None, words="", **common)
    elif state == "no_partner":
        ending.record_outcome(
            opportunity, outcome=LifeStatus.NO_PARTNER, reason=NoPartnerReason.NO_INTEREST, words="", **common
        )
