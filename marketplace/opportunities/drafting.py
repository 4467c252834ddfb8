"""A draft saved while it is written: changes of several editors side by side, and who they are."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.dialects.postgresql import insert

from marketplace.core.actor import Actor
from marketplace.core.refusal import Forbidden
from marketplace.extensions import db
from marketplace.opportunities import policy
from marketplace.opportunities.content import BESIDE, INPUTS, columns_of_input, content_of
from marketplace.opportunities.editing import save_draft
from marketplace.opportunities.merging import written_texts
from marketplace.opportunities.models import OpportunityVersion, VersionEditor
from marketplace.opportunities.translating import note_translations


class Written(Protocol):
    """What an editor's form holds, read and unread."""

    @property
    def content(self) -> Mapping[str, Any]: ...
    @property
    def unread(self) -> Mapping[str, Any]: ...
    @property
    def justified(self) -> Mapping[str, str]: ...


def lock_draft(version: OpportunityVersion) -> None:
    """Holds the version as it is stored now until the request ends: two saves of one moment go one after the other."""
    db.session.refresh(version, with_for_update={"of": OpportunityVersion})


def texts_of(version: OpportunityVersion) -> dict[str, str]:
    """The draft as one text an input, for comparing."""
    return written_texts(content_of(version), version.unread, version.justified)


def write_over(
    version: OpportunityVersion,
    written: Written,
    *,
    confirmed: Collection[str] = (),
    always: bool = False,
    actor: Actor,
    now: datetime,
) -> bool:
    """Writes what differs from the locked draft; False where nothing does (and not `always`).

    `confirmed` are fields whose English was looked at and still fits. Raises what `save_draft` raises.
    """
    values = _differing(version, written, confirmed)
    if not values and not always:
        return False
    save_draft(version, content=values, seen=version.revision, actor=actor, now=now)
    return True


def _differing(version: OpportunityVersion, written: Written, confirmed: Collection[str]) -> dict[str, Any]:
    stored = content_of(version)
    old = texts_of(version)
    new = written_texts(written.content, written.unread, written.justified)
    columns = {column for name in INPUTS if new[name] != old[name] for column in columns_of_input(name)}
    values = {column: written.content[column] for column in columns}
    noted = note_translations(stored, stored | values, version.translated, confirmed)
    beside = {"unread": dict(written.unread), "justified": dict(written.justified), "translated": noted}
    return values | {name: beside[name] for name in BESIDE if beside[name] != getattr(version, name)}


def note_editor(version: OpportunityVersion, *, actor: Actor, now: datetime) -> None:
    """Remembers that the actor has this draft in hand."""
    if actor.user_id is None or not policy.may_act_as(actor, "editor", version):
        raise Forbidden
    row = insert(VersionEditor).values(version_id=version.id, user_id=actor.user_id, seen_at=now)
    db.session.execute(
        row.on_conflict_do_update(index_elements=["version_id", "user_id"], set_={"seen_at": now})
    )
