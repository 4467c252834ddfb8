"""What waits for a person, as sentences with the page where it can be done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.core.actor import Actor, MemberRole, Membership
from marketplace.core.dates import local_day, working_days_between
from marketplace.interests.invitation_queries import InvitationLine
from marketplace.interests.invitation_rules import answer_day
from marketplace.interests.labels import title_in
from marketplace.interests.queries import Line
from marketplace.interests.rules import InterestState
from marketplace.moderation.rules import PROMISED_DAYS, age
from marketplace.opportunities.own_queries import OwnListing
from marketplace.opportunities.questions.queries import Desk
from marketplace.opportunities.reminder_rules import REMIND_AFTER
from marketplace.opportunities.rules import Standing, VersionStatus
from marketplace.organisations.guidance_queries import GuidanceLine
from marketplace.organisations.member_rules import APPROVERS, WRITERS
from marketplace.organisations.queries import Card
from marketplace.organisations.rules import OrganisationStatus
from marketplace.regions.queries import zone_at
from marketplace.web.formats import tanggal

# More than these are told in one sentence.
EACH_TOLD = 3


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing to do; `path` without language prefix; urgent ones come first and are drawn warm."""

    title: str
    text: str
    path: str
    button: str
    urgent: bool = False


def heading(number: int) -> str:
    """ "Tiga hal menunggu Anda"."""
    words = (
        _("Tidak ada yang menunggu Anda"),
        _("Satu hal menunggu Anda"),
        _("Dua hal menunggu Anda"),
        _("Tiga hal menunggu Anda"),
        _("Empat hal menunggu Anda"),
        _("Lima hal menunggu Anda"),
        _("Enam hal menunggu Anda"),
        _("Tujuh hal menunggu Anda"),
        _("Delapan hal menunggu Anda"),
        _("Sembilan hal menunggu Anda"),
    )
    if number < len(words):
        return words[number]
    return ngettext("%(num)s hal menunggu Anda", "%(num)s hal menunggu Anda", number)


def of_organisations(actor: Actor, cards: dict[int, Card]) -> Iterator[Wait]:
    """Organisations that cannot act yet because their owner has something to do."""
    for place in actor.memberships:
        card = cards.get(place.organisation_id)
        if card is None or place.role is not MemberRole.OWNER:
            continue
        path = f"/dasbor/organisasi/{card.id}"
        if card.status is OrganisationStatus.REGISTERED:
            text = _("Unggah buktinya, lalu ajukan. Sebelum terverifikasi Anda dapat menulis draf.")
            yield Wait(_("Ajukan %(nama)s", nama=card.name), text, path, _("Lengkapi"))
        elif card.status is OrganisationStatus.NEEDS_INFO:
            text = _("Verifikasinya menunggu keterangan dari Anda.")
            yield Wait(_("Lengkapi %(nama)s", nama=card.name), text, path, _("Lengkapi"), urgent=True)


def of_guidances(place: Membership, lines: Sequence[GuidanceLine]) -> Iterator[Wait]:
    """What a tutor or a Pemda asked of the other and waits for."""
    for line in lines:
        text = _("Setujui, atau tolak dengan alasan.")
        path = f"/dasbor/organisasi/{place.organisation_id}/pendampingan/{line.id}"
        yield Wait(
            _("Jawab permintaan pendampingan %(nama)s", nama=line.other_name),
            text,
            path,
            _("Baca permintaan"),
        )


def of_inbox(lines: Sequence[Line], total: int, language: str, now: datetime) -> Iterator[Wait]:
    """Interests that wait for the Pemda, the oldest first; the rest in one sentence."""
    for line in lines[:EACH_TOLD]:
        days = age(line.sent_at or now, now)
        waited = (
            ngettext("dikirim %(num)s hari kerja lalu", "dikirim %(num)s hari kerja lalu", days)
            if days
            else _("dikirim hari ini")
        )
        yield Wait(
            _("Jawab minat %(mitra)s", mitra=line.partner_name),
            f"{title_in(line, language)}: {waited}.",
            f"/dasbor/minat/{line.id}",
            _("Baca minat"),
            urgent=days >= PROMISED_DAYS,
        )
    rest = total - EACH_TOLD
    if rest > 0:
        yield Wait(
            ngettext("%(num)s minat lain menunggu jawaban", "%(num)s minat lain menunggu jawaban", rest),
            _("Mitra melihat kapan minatnya dibaca dan dijawab."),
            "/dasbor/minat-masuk",
            _("Buka minat masuk"),
        )


def of_invitations(lines: Sequence[InvitationLine], total: int, language: str) -> Iterator[Wait]:
    """Invitations that wait for the partner's answer; the rest in one sentence."""
    for line in lines[:EACH_TOLD]:
        until = _("jawab sampai %(hari)s", hari=tanggal(answer_day(line.invited_at)))
        yield Wait(
            _("%(pemda)s mengundang Anda", pemda=line.pemda_name),
            f"{title_in(line, language)}: {until}.",
            f"/dasbor/undangan/{line.id}",
            _("Baca undangan"),
        )
    rest = total - EACH_TOLD
    if rest > 0:
        yield Wait(
            ngettext(
                "%(num)s undangan lain menunggu jawaban", "%(num)s undangan lain menunggu jawaban", rest
            ),
            _("Setiap undangan berakhir sendiri bila tidak dijawab."),
            "/dasbor/undangan",
            _("Buka undangan"),
        )


def of_questions(desk: Desk) -> Iterator[Wait]:
    """Questions that wait to be answered for everybody, in one sentence with what is overdue or due first."""
    if not desk.waiting:
        return
    title = ngettext(
        "%(num)s pertanyaan menunggu jawaban", "%(num)s pertanyaan menunggu jawaban", desk.waiting
    )
    text = _("Batas jawab terdekat %(hari)s.", hari=tanggal(desk.first_due))
    if desk.overdue:
        text = ngettext(
            "%(num)s sudah lewat batas jawabnya.", "%(num)s sudah lewat batas jawabnya.", desk.overdue
        )
    yield Wait(title, text, "/dasbor/pertanyaan-masuk", _("Buka pertanyaan"), urgent=desk.overdue > 0)


def of_listings(
    place: Membership, listings: Sequence[OwnListing], language: str, now: datetime
) -> Iterator[Wait]:
    """Own listings that stand still until somebody of the Pemda does something."""
    for listing in listings:
        title = title_in(listing, language) or _("Tanpa judul")
        path = f"/dasbor/peluang/{listing.id}"
        standing = listing.standing(now)
        if listing.review is VersionStatus.IN_APPROVAL and (place.role in APPROVERS or place.stands_in):
            yield _approval(place, listing, title, now)
        elif listing.review is VersionStatus.RETURNED and place.role in WRITERS:
            text = _("Ada bagian yang diminta diperbaiki sebelum terbit.")
            yield Wait(_("Perbaiki %(judul)s", judul=title), text, path, _("Perbaiki"), urgent=True)
        elif standing in (Standing.CLOSED, Standing.NO_REPORT) and place.role in APPROVERS:
            text = _("Tenggat minatnya lewat. Mitra dan publik menunggu apa hasilnya.")
            yield Wait(_("Catat hasil %(judul)s", judul=title), text, f"{path}/hasil", _("Catat hasil"))


def _approval(place: Membership, listing: OwnListing, title: str, now: datetime) -> Wait:
    """A version that waits to be released; urgent once it has waited as long as is reminded of."""
    zone = zone_at(listing.region_code)
    since = listing.awaiting_since or listing.edited_at
    days = working_days_between(local_day(since, zone), local_day(now, zone))
    text = _("Penulisnya sudah selesai. Setujui untuk diajukan, atau kembalikan dengan catatan.")
    if days:
        waited = ngettext("Menunggu %(num)s hari kerja.", "Menunggu %(num)s hari kerja.", days)
        text = f"{text} {waited}"
    if place.stands_in and place.role not in APPROVERS:
        behalf = _("Anda menggantikan %(atasan)s.", atasan=place.stands_in.name)
        text = f"{text} {behalf}"
    urgent = days > min(REMIND_AFTER)
    return Wait(
        _("Setujui %(judul)s", judul=title),
        text,
        f"/dasbor/peluang/{listing.id}",
        _("Periksa"),
        urgent=urgent,
    )


def of_outgoing(lines: Sequence[Line], language: str) -> Iterator[Wait]:
    """Questions that a Pemda asked the partner, and interests that were begun and not sent."""
    for line in lines:
        title = title_in(line, language)
        path = f"/dasbor/minat/{line.id}"
        if line.state is InterestState.MORE_INFO:
            yield Wait(
                _("Jawab pertanyaan %(pemda)s", pemda=line.pemda_name),
                f"{title}: {line.asked}",
                f"{path}/jawab",
                _("Jawab"),
                urgent=True,
            )
        elif line.state is InterestState.DRAFT:
            text = _("Draf ini belum terkirim.")
            yield Wait(_("Lanjutkan minat pada %(judul)s", judul=title), text, path, _("Lanjutkan"))
