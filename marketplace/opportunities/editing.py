"""Writing: a draft begins, is saved, and the next version begins as a copy."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, update
from sqlalchemy.exc import IntegrityError

from marketplace.audit import actions as audit
from marketplace.core.actor import Actor, OrganisationKind
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.core.text import random_tail
from marketplace.core.words import _l
from marketplace.extensions import db
from marketplace.lifecycle.actions import move
from marketplace.opportunities import policy, queries
from marketplace.opportunities.attaching import copy_documents
from marketplace.opportunities.authorship import note_writing
from marketplace.opportunities.content import BESIDE, CONTENT, content_of, fields_written
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.rules import (
    EDITABLE,
    AnotherVersionOpen,
    DraftChanged,
    NotEditable,
    VersionStatus,
    check_editable,
    check_living,
)
from marketplace.opportunities.support.helping import write_along
from marketplace.opportunities.tables import VERSION
from marketplace.organisations.member_rules import WRITERS

_HERSELF = _l("Anda sendiri, di tab atau perangkat lain,")


def start_draft(
    *, organisation_id: int, template: str, content: Mapping[str, Any], actor: Actor, now: datetime
) -> Opportunity:
    """A new unpublished listing of that Pemda with its first draft, prefilled with `content`."""
    place = actor.membership_in(organisation_id)
    if place is None or place.kind is not OrganisationKind.PEMDA or place.region_code is None:
        raise NotFound
    if place.role not in WRITERS:
        raise Forbidden
    opportunity = add_listing(organisation_id, place.region_code, template, actor=actor, now=now)
    add_version(opportunity, number=1, content=content, actor=actor, now=now)
    return opportunity


def add_listing(
    organisation_id: int, region_code: str, template: str, *, actor: Actor, now: datetime
) -> Opportunity:
    """The row of a new listing, for an actor who was found to have the right; its first version is still to come."""
    opportunity = Opportunity(
        organisation_id=organisation_id, region_code=region_code, tail=random_tail(), template=template,
        created_at=now, created_by=actor.user_id,
    )  # fmt: skip
    db.session.add(opportunity)
    db.session.flush()
    audit.record(
        "opportunity:started", actor=actor, now=now, object_kind="opportunity", object_id=opportunity.id
    )
    return opportunity


def add_version(
    opportunity: Opportunity, *, number: int, content: Mapping[str, Any], actor: Actor, now: datetime
) -> OpportunityVersion:
    """Another version of the listing; it remembers whether an assisting side began it."""
    version = OpportunityVersion(
        opportunity_id=opportunity.id, number=number, created_at=now, edited_at=now, edited_by=actor.user_id,
        assisted=not policy.is_colleague(actor, opportunity), **content,
    )  # fmt: skip
    db.session.add(version)
    db.session.flush()
    return version


def save_draft(
    version: OpportunityVersion, *, content: Mapping[str, Any], seen: int, actor: Actor, now: datetime
) -> None:
    """Writes the content (by column) over the draft that the actor opened at revision `seen`.

    A returned version becomes a draft again. Raises Forbidden, ListingEnded, NotEditable, or DraftChanged
    when it was saved in between; then nothing is written.
    """
    if not policy.may_act_as(actor, "editor", version):
        raise Forbidden
    write_along(version.opportunity, actor=actor, now=now)
    check_editable(version.status, version.opportunity.status)
    if seen != version.revision:
        raise changed(version, actor)
    if version.status is VersionStatus.RETURNED:
        move(version, VersionStatus.DRAFT, table=VERSION, actor=actor, now=now)
    _write(version, content=content, actor=actor, now=now)


def _write(version: OpportunityVersion, *, content: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    values = {name: content[name] for name in (*CONTENT, *BESIDE) if name in content}
    fields = fields_written(version, values)
    written = cast(
        "CursorResult[Any]",
        db.session.execute(
            update(OpportunityVersion)
            .where(
                OpportunityVersion.id == version.id,
                OpportunityVersion.revision == version.revision,
                OpportunityVersion.status == VersionStatus.DRAFT,
            )
            .values(
                **values, revision=OpportunityVersion.revision + 1, edited_at=now, edited_by=actor.user_id
            )
            .execution_options(synchronize_session=False)
        ),
    )
    db.session.refresh(version)
    if written.rowcount != 1:
        raise changed(version, actor)
    note_writing(version.id, fields, actor=actor, now=now)


def changed(version: OpportunityVersion, actor: Actor) -> NotEditable | DraftChanged:
    """Who was faster, to be told to this actor."""
    if version.status not in EDITABLE:
        return NotEditable()
    own = version.edited_by is not None and version.edited_by == actor.user_id
    who = _HERSELF if own else queries.find_person_name(version.edited_by) or "-"
    return DraftChanged(who=who, when=version.edited_at)


def start_version(opportunity: Opportunity, *, actor: Actor, now: datetime) -> OpportunityVersion:
    """The next version as a copy of the newest, its documents with it.

    Raises Forbidden, ListingEnded or AnotherVersionOpen.
    """
    newest = queries.find_newest_version(opportunity.id)
    if newest is None:
        raise NotFound
    if not policy.may_act_as(actor, "editor", opportunity):
        raise Forbidden
    check_living(opportunity.status)
    if not policy.can_start_version(actor, newest):
        raise AnotherVersionOpen
    write_along(opportunity, actor=actor, now=now)
    try:
        with db.session.begin_nested():
            version = add_version(
                opportunity, number=newest.number + 1, content=_carried_on(newest), actor=actor, now=now
            )
    except IntegrityError as error:
        raise AnotherVersionOpen from error
    copy_documents(newest.id, version.id)
    audit.record(
        "version:started", actor=actor, now=now, object_kind="opportunity_version", object_id=version.id
    )
    return version


def _carried_on(version: OpportunityVersion) -> dict[str, Any]:
    """What the next version begins with: nothing is unread in what was decided."""
    beside = {"translated": version.translated, "justified": version.justified}
    return content_of(version) | beside
