"""The tab row of a workspace: where this person's work is, for the organisation acted for."""

from typing import Any

from flask import g, request
from flask_babel import gettext as _

from marketplace.collaborations.queries import count_of_organisations
from marketplace.core import clock
from marketplace.core.actor import Actor, OrganisationKind
from marketplace.core.dates import local_day
from marketplace.interests.work_queries import count_work
from marketplace.moderation.rules import QueueKind
from marketplace.moderation.stalled_queries import count_waiting
from marketplace.opportunities.policy import can_assist, find_helping_place
from marketplace.opportunities.questions.queries import count_at_desk
from marketplace.opportunities.support.policy import supports_any
from marketplace.regions.queries import zone_of

Tab = dict[str, Any]


def tabs_of(actor: Actor) -> list[Tab]:
    """Tabs as {url, label, count, warm, active}; three statements at most, once a request."""
    if "tabs" not in g:
        g.tabs = _staff_tabs(actor) if actor.is_staff else _member_tabs(actor)
    tabs: list[Tab] = g.tabs
    return tabs


def _staff_tabs(actor: Actor) -> list[Tab]:
    home = _tab(_("Dasbor"), "/dasbor", exact=True)
    quality = _tab(_("Mutu saran"), "/moderasi/mutu-saran")
    if not actor.is_moderator:
        return [home, quality]
    waiting = count_waiting(clock.now())
    counts = waiting.counts
    return [
        home,
        _tab(_("Antrean"), "/moderasi", waiting.total, warm=waiting.total > 0, exact=True),
        _tab(_("Organisasi"), "/moderasi/organisasi", counts[QueueKind.ORGANISATION]),
        _tab(_("Peluang"), "/moderasi/peluang", counts[QueueKind.OPPORTUNITY]),
        _tab(_("Penjodohan"), "/moderasi/penjodohan", counts[QueueKind.MATCH]),
        _tab(_("Diteruskan"), "/moderasi/diteruskan"),
        _tab(_("Tanya jawab"), "/moderasi/pertanyaan"),
        _tab(_("Saran"), "/moderasi/saran", also=("/moderasi/mutu-saran",)),
        _tab(_("Macet"), "/moderasi/macet", waiting.stalled, warm=waiting.stalled > 0),
        _tab(_("Bantuan menulis"), "/dasbor/bantuan", also=("/dasbor/peluang",)),
        _tab(_("Catatan audit"), "/moderasi/jejak"),
    ]


def _member_tabs(actor: Actor) -> list[Tab]:
    home = _tab(_("Dasbor"), "/dasbor", exact=True)
    kept = _tab(_("Tersimpan"), "/dasbor/tersimpan", also=("/dasbor/diikuti",))
    place = actor.main
    if place is None:
        return [home, kept, _tab(_("Organisasi"), "/dasbor/organisasi")]
    ours = [place.organisation_id]
    work, together = count_work(ours), count_of_organisations(ours)
    tabs = [home]
    if place.kind is OrganisationKind.PEMDA:
        waiting = work.incoming_waiting
        desk = count_at_desk(place.organisation_id, local_day(clock.now(), zone_of(actor)))
        tabs += [
            _tab(_("Peluang kami"), "/dasbor/peluang", also=("/dasbor/undangan",)),
            _tab(_("Minat masuk"), "/dasbor/minat-masuk", waiting, warm=waiting > 0, also=("/dasbor/minat",)),
            _tab(
                _("Tanya jawab"), "/dasbor/pertanyaan-masuk", desk.waiting, warm=desk.waiting > 0,
                also=("/dasbor/pertanyaan",),
            ),
        ]  # fmt: skip
        if find_helping_place(actor) == place and can_assist(actor):
            tabs.append(_tab(_("Bantuan menulis"), "/dasbor/bantuan"))
    if place.kind is OrganisationKind.PARTNER:
        waits = work.outgoing_waiting + work.invitations
        tabs.append(_tab(_("Cocok untuk Anda"), "/dasbor/cocok"))
        tabs.append(
            _tab(
                _("Minat saya"), "/dasbor/minat", waits or work.outgoing_open, warm=waits > 0,
                also=("/dasbor/undangan",),
            )
        )  # fmt: skip
        tabs.append(_tab(_("Pencarian saya"), "/dasbor/pencarian"))
        tabs.append(_tab(_("Pertanyaan saya"), "/dasbor/pertanyaan"))
    if supports_any(place):
        names = {OrganisationKind.TUTOR: _("Dampingan"), OrganisationKind.MINISTRY: _("Diteruskan")}
        tabs.append(_tab(names.get(place.kind, _("Kabupaten dan kota")), "/dasbor/dukungan"))
    if place.kind in (OrganisationKind.PEMDA, OrganisationKind.PARTNER):
        tabs.append(_tab(_("Kerja sama"), "/dasbor/kerja-sama", together))
    return [*tabs, kept, _tab(_("Organisasi"), "/dasbor/organisasi")]


def _tab(
    label: str,
    path: str,
    count: int = 0,
    *,
    warm: bool = False,
    also: tuple[str, ...] = (),
    exact: bool = False,
) -> Tab:
    here = request.path
    below = not exact and here.startswith(f"{path}/")
    active = here == path or below or any(here == near or here.startswith(f"{near}/") for near in also)
    return {
        "url": f"{request.script_root}{path}",
        "label": label,
        "count": count,
        "warm": warm,
        "active": active,
    }
