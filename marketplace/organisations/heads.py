"""The head of a region: who is in office, and who was before."""

from datetime import datetime

from marketplace.accounts.queries import list_moderator_ids
from marketplace.core.actor import Actor, OrganisationKind
from marketplace.core.refusal import NotFound
from marketplace.extensions import db
from marketplace.notifications.actions import Notice, tell
from marketplace.organisations import actions, head_rules
from marketplace.organisations.head_queries import find_newest_head
from marketplace.organisations.head_rules import Term
from marketplace.organisations.models import RegionHead


def enter_head(organisation_id: int, term: Term, *, actor: Actor, now: datetime) -> None:
    """Notes who is in office from now on, and when the one before left; pressed twice, once.

    Raises TermReversed, TermTooLong or TermBeforeLast.
    """
    organisation = actions.lock_for_edit(organisation_id, actor=actor, seen=None)
    if organisation.kind is not OrganisationKind.PEMDA:
        raise NotFound
    last = find_newest_head(organisation_id)
    if last is not None and (last.name, last.begins, last.until) == (term.name, term.begins, term.until):
        return
    head_rules.check_term(term, Term(last.name, last.begins, last.until) if last else None)
    if last is not None:
        last.until = head_rules.end_of_predecessor(last.until, term.begins)
    db.session.add(
        RegionHead(
            organisation_id=organisation_id, name=term.name, begins=term.begins, until=term.until,
            noted_by=actor.user_id, noted_at=now,
        )
    )  # fmt: skip
    actions.note_edit("organisation:head_changed", organisation, actor=actor, now=now)
    if last is not None:
        told = {"organisation": organisation.name, "head": term.name, "begins": term.begins.isoformat()}
        path = f"/moderasi/organisasi/{organisation_id}"
        tell([Notice("organisation_head_changed", list_moderator_ids(), path, told)], now=now)
