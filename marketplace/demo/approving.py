"""What is under way inside the demonstration's governments: new versions, documents, notices, a stand-in, a reminder."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from marketplace.core.actor import Actor
from marketplace.core.dates import local_day
from marketplace.demo.papers import a_map, a_study
from marketplace.opportunities import amending, attaching, drafting, editing, publishing
from marketplace.opportunities.amending import Amendment
from marketplace.opportunities.content import content_of
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.queries import find_newest_version, list_documents
from marketplace.opportunities.reminding import remind_approvers
from marketplace.opportunities.rules import DocumentAccess, DocumentKind
from marketplace.opportunities.translating import note_translations
from marketplace.organisations import stand_ins

WATER, TICKETS, LIGHTS = (
    "Air minum kawasan pelabuhan Bitung",
    "Tiket terpadu wisata Selat Lembeh",
    "Perluasan lampu jalan cerdas tahap kedua",
)
# Long enough that the approver was reminded, whatever the day of the week.
WAITED = timedelta(days=7)
STUDY = "Prastudi kelayakan"
_STUDIES = {
    1: {"Ringkasan": ["Dokumen rekaan untuk peragaan.", "Kapasitas 200 liter per detik.", "Layanan 18.000 sambungan."]},
    2: {
        "Ringkasan": ["Dokumen rekaan, versi kedua.", "Kapasitas 220 liter per detik.", "Layanan 19.500 sambungan."],
        "Biaya": ["Unit produksi Rp168 miliar", "Jaringan Rp97 miliar", "Cadangan Rp20 miliar"],
    },
}  # fmt: skip


@dataclass(frozen=True)
class Team:
    """Who writes and who approves in one government."""

    writer: Actor
    approver: Actor


def attach_first_documents(version: OpportunityVersion, writer: Actor, now: datetime) -> None:
    """A study and a map, before the version is sent: they go public with it."""
    attaching.attach_document(
        version, stream=a_study(STUDY, _STUDIES[1]), filename="prastudi.pdf", title=STUDY,
        access=DocumentAccess.PUBLIC, kind=DocumentKind.PRE_FS, actor=writer, now=now,
    )  # fmt: skip
    attaching.attach_document(
        version, stream=a_map("Peta lokasi (rekaan)"), filename="peta.png", title="Peta lokasi",
        access=DocumentAccess.PUBLIC, kind=DocumentKind.DRAWING, actor=writer, now=now,
    )  # fmt: skip


def make_approvals(
    listings: dict[str, Opportunity], bitung: Team, madiun: Team, stand_in: Actor, now: datetime
) -> None:
    """A version that waits for Bitung's approver, one that waits for LAIP, and what was told to the public."""
    _name_stand_in(bitung.approver, stand_in, now)
    _extend(listings[TICKETS], bitung.approver, now)
    _wait_for_approver(listings[WATER], bitung, now - WAITED)
    remind_approvers(listings[WATER].organisation_id or 0, now=now - timedelta(hours=8))
    _wait_for_laip(listings[LIGHTS], madiun, now - timedelta(days=1))


def _name_stand_in(approver: Actor, stand_in: Actor, now: datetime) -> None:
    place = approver.memberships[0]
    today = local_day(now, "Asia/Makassar")
    stand_ins.name_stand_in(
        place.organisation_id, user_id=stand_in.user_id or 0, begins=today, until=today + timedelta(days=13),
        actor=approver, now=now,
    )  # fmt: skip


def _extend(listing: Opportunity, approver: Actor, now: datetime) -> None:
    """A notice, then more time."""
    version = _newest(listing)
    for number, amendment in enumerate(
        (
            Amendment("Kunjungan lapangan bersama diadakan tiap Kamis pagi.", "There is a joint site visit every Thursday."),
            Amendment(
                "Tenggat diperpanjang tiga minggu atas permintaan calon mitra.",
                "The deadline is three weeks later, as partners asked.",
                (version.interest_deadline or now.date()) + timedelta(days=21),
            ),
        )
    ):  # fmt: skip
        amending.publish_addendum(
            listing, version=version, amendment=amendment, seen=listing.revision, actor=approver,
            now=now - timedelta(hours=19 - number),
        )  # fmt: skip


def _wait_for_approver(listing: Opportunity, team: Team, at: datetime) -> None:
    """More money, another problem text whose English is stale, a newer study, no map, an odd figure that is explained."""
    version = editing.start_version(listing, actor=team.writer, now=at)
    documents = {document.title: document for document in list_documents(version.id)}
    attaching.replace_document(
        version, document_id=documents[STUDY].id, stream=a_study(STUDY, _STUDIES[2]), filename="prastudi-2.pdf",
        actor=team.writer, now=at,
    )  # fmt: skip
    attaching.remove_document(version, document_id=documents["Peta lokasi"].id, actor=team.writer, now=at)
    value = 285_000_000_000
    _write(
        version, team.writer, at, value_amount=value, value_idr=value, irr_percent=14,
        partner_kinds=[*version.partner_kinds, "bumd"],
        problem_id=version.problem_id + " Sejak awal tahun dua kawasan industri menambah permintaan 40 liter per detik.",
        interest_deadline=(version.interest_deadline or at.date()) + timedelta(days=45),
        decision_expected=(version.decision_expected or at.date()) + timedelta(days=45),
        justified={"figures_unsourced": "Angkanya dari prastudi versi kedua; sumber resminya menyusul sesudah disahkan."},
    )  # fmt: skip
    publishing.send_to_approver(
        version, seen=version.revision, actor=team.writer, now=at + timedelta(hours=1)
    )


def _wait_for_laip(listing: Opportunity, team: Team, at: datetime) -> None:
    """A new version at LAIP: a document more, and one thing explained."""
    version = editing.start_version(listing, actor=team.writer, now=at)
    attaching.attach_document(
        version, stream=a_map("Titik lampu tahap kedua (rekaan)"), filename="titik.png", title="Titik lampu tahap kedua",
        access=DocumentAccess.VERIFIED_PARTNERS, kind=DocumentKind.DRAWING, actor=team.writer, now=at,
    )  # fmt: skip
    sought = version.sought_id + " Pemeliharaan sepuluh tahun termasuk di dalamnya."
    why = {"figures_unsourced": "B/C dihitung perencana; kajiannya dilampirkan bulan depan."}
    _write(version, team.writer, at, sought_id=sought, benefit_cost_ratio=2, justified=why)
    publishing.send_to_approver(
        version, seen=version.revision, actor=team.writer, now=at + timedelta(hours=1)
    )
    if version.status == "in_approval":
        publishing.submit_version(
            version, seen=version.revision, actor=team.approver, now=at + timedelta(hours=2)
        )


def _write(version: OpportunityVersion, writer: Actor, at: datetime, **changes: Any) -> None:
    """Saves as the form does: what English was written for is noted."""
    drafting.lock_draft(version)
    before = content_of(version)
    translated = note_translations(before, before | changes, version.translated)
    content = {**changes, "translated": translated}
    editing.save_draft(version, content=content, seen=version.revision, actor=writer, now=at)


def _newest(listing: Opportunity) -> OpportunityVersion:
    version = find_newest_version(listing.id)
    if version is None:
        raise LookupError(listing.id)
    return version
