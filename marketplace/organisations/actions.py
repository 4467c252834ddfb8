"""Registering, editing and submitting an organisation, and LAIP's decision on it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from marketplace.accounts.queries import list_moderator_ids
from marketplace.audit import actions as audit
from marketplace.changes import actions as changes
from marketplace.core.actor import Actor, MemberRole, OrganisationKind
from marketplace.core.refusal import Conflict, Forbidden, NotFound
from marketplace.core.text import confusable_key, random_tail, slugify
from marketplace.extensions import db
from marketplace.lifecycle.actions import StatusTable, move
from marketplace.notifications.actions import Notice
from marketplace.organisations import expiry_rules, policy, queries, registering_queries, rules, trust_queries
from marketplace.organisations.members import lock
from marketplace.organisations.models import Member, Organisation
from marketplace.organisations.rules import OrganisationStatus
from marketplace.regions.gazetteer import Place
from marketplace.regions.queries import gazetteer


def _changed(organisation: Organisation) -> tuple[str, int]:
    return "organisation", organisation.id


TABLE = StatusTable("organisation", rules.STEPS, policy.may, _changed)


@dataclass(frozen=True, slots=True)
class Office:
    """What every organisation says of itself: the office to turn to, and a word to the moderator."""

    unit: str
    email: str
    phone: str
    statement: str


def register_pemda(region: str, *, office: Office, actor: Actor, now: datetime) -> Organisation:
    """A claim to speak for a region, named by code or as people write it. Raises a Region… refusal."""
    code = get_free_government(region)
    name = f"Pemerintah {gazetteer().by_code[code].display}"
    return register(OrganisationKind.PEMDA, name=name, region_code=code, office=office, actor=actor, now=now)


def get_free_government(text: str) -> str:
    """The code of the one government meant that nobody speaks for yet. Raises a Region… refusal."""
    place = get_government(text)
    if registering_queries.is_region_represented(place.code):
        raise rules.RegionAlreadyVerified(field="region", region=place.display)
    return place.code


def get_government(text: str) -> Place:
    """The one government meant. Raises RegionUnknown, RegionUnclear, RegionNotAutonomous."""
    places = gazetteer()
    wanted = text.strip()
    exact = [
        p
        for p in places.by_code.values()
        if wanted.casefold() in (p.code, places.place_text(p.code).casefold())
    ]
    found = exact or [p for p in places.search(wanted) if p.display.casefold() == wanted.casefold()]
    found = found or (places.search(wanted) if wanted else [])
    if not found:
        raise rules.RegionUnknown(field="region", text=wanted[:60])
    if len(found) > 1:
        names = "; ".join(places.place_text(p.code) for p in found[:5])
        raise rules.RegionUnclear(field="region", text=wanted[:60], names=names)
    if not found[0].autonomous:
        raise rules.RegionNotAutonomous(field="region", region=found[0].display)
    return found[0]


def register(
    kind: OrganisationKind,
    *,
    name: str,
    office: Office,
    actor: Actor,
    now: datetime,
    region_code: str | None = None,
) -> Organisation:
    """The new organisation with the actor as its owner; pressed twice, it is the same one."""
    if actor.user_id is None:
        raise NotFound
    key = confusable_key(name)
    before = registering_queries.find_same_registration(actor.user_id, kind, key)
    if before is not None:
        return before
    rules.check_open_registrations(registering_queries.count_open_registrations(actor.user_id))
    values = {
        "region_code": region_code,
        "created_by": actor.user_id,
        "created_at": now,
        **_office_values(office),
    }
    for slug in (_free_slug(name), f"{slugify(name)}-{random_tail()}"):
        organisation = Organisation(
            kind=kind, status=OrganisationStatus.REGISTERED, revision=1, name=name, name_key=key, slug=slug, **values
        )  # fmt: skip
        if _inserted(organisation):
            _welcome(organisation, actor, now)
            return organisation
        # The other press of the same button was faster; else somebody took the address in this very moment.
        faster = registering_queries.find_same_registration(actor.user_id, kind, key)
        if faster is not None:
            return faster
    raise Conflict


def _inserted(organisation: Organisation) -> bool:
    try:
        with db.session.begin_nested():
            db.session.add(organisation)
    except IntegrityError:
        return False
    return True


def _welcome(organisation: Organisation, actor: Actor, now: datetime) -> None:
    db.session.add(
        Member(organisation_id=organisation.id, user_id=actor.user_id, role=MemberRole.OWNER, joined_at=now)
    )
    _note("organisation:registered", organisation, actor, now)


def _free_slug(name: str, *, but: int | None = None) -> str:
    slug = slugify(name)
    return f"{slug}-{random_tail()}" if registering_queries.slug_exists(slug, but=but) else slug


def _office_values(office: Office) -> dict[str, Any]:
    return {
        "contact_unit": office.unit,
        "contact_email": office.email,
        "contact_phone": office.phone,
        "statement": office.statement,
    }


def edit(
    organisation_id: int, *, office: Office, actor: Actor, now: datetime, seen: int, name: str | None = None
) -> Organisation:
    """Writes the office, and the name while nobody relies on it. Raises ChangedMeanwhile or IdentityLocked."""
    organisation = lock_for_edit(organisation_id, actor=actor, seen=seen)
    if name is not None and name != organisation.name:
        rules.check_name_change(organisation.status, old=organisation.name, new=name)
        organisation.name, organisation.name_key = name, confusable_key(name)
        organisation.slug = _free_slug(name, but=organisation.id)
    for column, value in _office_values(office).items():
        setattr(organisation, column, value)
    note_edit("organisation:edited", organisation, actor=actor, now=now)
    return organisation


def lock_for_edit(organisation_id: int, *, actor: Actor, seen: int | None) -> Organisation:
    """The row, locked, for an actor who may edit it. Raises NotFound, Forbidden or ChangedMeanwhile."""
    organisation = lock(organisation_id)
    if organisation is None or not policy.can_see(actor, organisation):
        raise NotFound
    if not policy.can_edit(actor, organisation):
        raise Forbidden
    if seen is not None and seen != organisation.revision:
        raise rules.ChangedMeanwhile
    return organisation


def note_edit(kind: str, organisation: Organisation, *, actor: Actor, now: datetime) -> None:
    """Raises the revision, so that a decision on the older content is refused, and leaves the traces."""
    organisation.revision += 1
    db.session.flush()
    _note(kind, organisation, actor, now)
    if organisation.status is OrganisationStatus.VERIFIED:
        changes.record(*_changed(organisation))


def submit(organisation_id: int, *, actor: Actor, now: datetime) -> None:
    """Puts it into LAIP's queue; pressed twice, it stands there once.

    Raises ProofMissing, TooSoonAfterRejection or RegionAlreadyVerified.
    """
    organisation = _load(organisation_id, actor)
    if not policy.may(actor, "owner", organisation):
        raise Forbidden
    if organisation.status is OrganisationStatus.SUBMITTED:
        return
    rules.check_submittable(
        organisation.status,
        proofs=registering_queries.count_proofs(organisation_id),
        rejected_at=organisation.decided_at,
        now=now,
    )
    _refuse_represented(organisation)
    notice = Notice(
        "organisation_submitted", list_moderator_ids(), f"/moderasi/organisasi/{organisation_id}",
        {"organisation": organisation.name, "kind": str(organisation.kind)},
    )  # fmt: skip
    move(
        organisation, OrganisationStatus.SUBMITTED, table=TABLE, actor=actor, now=now, tells=[notice],
        values={"submitted_at": now, "decided_at": None, "decision_reason": None, "decision_words": None},
    )  # fmt: skip


def _refuse_represented(organisation: Organisation) -> None:
    code = organisation.region_code
    if (
        organisation.kind is OrganisationKind.PEMDA
        and code
        and registering_queries.is_region_represented(code)
    ):
        raise _already_verified(organisation)


def _already_verified(organisation: Organisation) -> rules.RegionAlreadyVerified:
    place = gazetteer().find(organisation.region_code or "")
    return rules.RegionAlreadyVerified(region=place.display if place else organisation.name)


def verify(organisation_id: int, *, actor: Actor, now: datetime, seen: int) -> None:
    """It may publish and send from now on, as long as its documents last.

    Raises RegionAlreadyVerified where another one speaks for the region, or DocumentLapsed.
    """
    organisation = _load(organisation_id, actor)
    until = end_of_verification(organisation_id)
    try:
        with db.session.begin_nested():
            _decide(
                organisation,
                OrganisationStatus.VERIFIED,
                "organisation_verified",
                actor=actor,
                now=now,
                seen=seen,
                valid_until=until,
                warned_days=None,
            )
    except IntegrityError as error:
        if (
            getattr(getattr(error.orig, "diag", None), "constraint_name", "")
            != "uq_organisations_verified_region"
        ):
            raise
        raise _already_verified(organisation) from error


def ask_for_info(
    organisation_id: int, *, reason: str | None, words: str, actor: Actor, now: datetime, seen: int
) -> None:
    """Sends it back with what is missing. Raises ReasonNeeded or WordsNeeded."""
    organisation = _load(organisation_id, actor)
    rules.check_words(reason, words)
    _decide(
        organisation, OrganisationStatus.NEEDS_INFO, "organisation_needs_info",
        actor=actor, now=now, seen=seen, reason=reason, words=words,
    )  # fmt: skip


def reject(
    organisation_id: int, *, reason: str | None, words: str, actor: Actor, now: datetime, seen: int
) -> None:
    """Says no, with the reason; it may be submitted anew after 30 days. Raises ReasonNeeded or WordsNeeded."""
    organisation = _load(organisation_id, actor)
    rules.check_words(reason, words)
    _decide(
        organisation, OrganisationStatus.REJECTED, "organisation_rejected",
        actor=actor, now=now, seen=seen, reason=reason, words=words,
    )  # fmt: skip


def suspend(
    organisation_id: int, *, reason: str | None, words: str, actor: Actor, now: datetime, seen: int
) -> None:
    """Takes a verified one out of sight until it is reinstated. Raises ReasonNeeded or WordsNeeded."""
    organisation = _load(organisation_id, actor)
    rules.check_words(reason, words)
    _decide(
        organisation, OrganisationStatus.SUSPENDED, "organisation_suspended",
        actor=actor, now=now, seen=seen, reason=reason, words=words,
    )  # fmt: skip


def reinstate(organisation_id: int, *, actor: Actor, now: datetime, seen: int) -> None:
    """Ends a suspension."""
    organisation = _load(organisation_id, actor)
    _decide(
        organisation, OrganisationStatus.VERIFIED, "organisation_reinstated", actor=actor, now=now, seen=seen
    )


def _decide(
    organisation: Organisation, to: OrganisationStatus, kind: str, *, actor: Actor, now: datetime, seen: int,
    reason: str | None = None, words: str = "", **values: Any,
) -> None:  # fmt: skip
    params = {"organisation": organisation.name, "reason": reason or "", "words": words}
    members = queries.list_member_ids(organisation.id)
    notice = Notice(kind, members, f"/dasbor/organisasi/{organisation.id}", params)
    move(
        organisation, to, table=TABLE, actor=actor, now=now, seen=seen, reason=reason, words=words or None,
        tells=[notice],
        values={
            "decided_at": now, "decision_reason": reason, "decision_words": words or None, "recheck_asked_at": None,
            **values,
        },
    )  # fmt: skip


def end_of_verification(organisation_id: int) -> date | None:
    """The last day of the documents that count. Raises DocumentLapsed."""
    proofs = trust_queries.list_current_proofs(organisation_id)
    documents = [expiry_rules.Dated(proof.title, proof.expires_on) for proof in proofs]
    return expiry_rules.end_of_verification(documents, trust_queries.today())


def _load(organisation_id: int, actor: Actor) -> Organisation:
    organisation = queries.get(organisation_id)
    if not policy.can_see(actor, organisation):
        raise NotFound
    return organisation


def _note(kind: str, organisation: Organisation, actor: Actor, now: datetime) -> None:
    audit.record(kind, actor=actor, now=now, object_kind="organisation", object_id=organisation.id)
