"""What a partner does with its interest: write, send, answer, withdraw."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, BinaryIO

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from marketplace.core.actor import Actor, Membership
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.extensions import db
from marketplace.files.actions import store_upload
from marketplace.files.rules import DOCUMENTS
from marketplace.interests.inviting import accept_waiting
from marketplace.interests.models import Interest
from marketplace.interests.notices import to_pemda
from marketplace.interests.policy import get_sending_place, may
from marketplace.interests.queries import find_open, get_detail, is_published_version
from marketplace.interests.rules import (
    AlreadyInterested,
    AnswerNeeded,
    Content,
    DraftChanged,
    InterestStatus,
    OpportunityNotOpen,
    OwnerPaused,
    PartnerNotVerified,
    check_receptive,
    check_sendable,
    check_words,
)
from marketplace.interests.stepping import TABLE, get_workable, note_answer
from marketplace.lifecycle.actions import begin, move
from marketplace.lifecycle.rules import AlreadyDecided, ChangedSinceRead
from marketplace.matching.rules import AnswerKind
from marketplace.notifications.actions import follow, tell
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.rules import standing
from marketplace.organisations.queries import get_card


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the form."""

    stream: BinaryIO
    filename: str


@dataclass(frozen=True, slots=True)
class Writing:
    """What a partner wrote, on which version of which opportunity, and the draft's revision that it saw."""

    opportunity_id: int
    version_id: int
    content: Content
    upload: Upload | None = None
    seen: int | None = None


def save_draft(*, writing: Writing, actor: Actor, now: datetime) -> Interest:
    """Keeps the text of the actor's partner, whatever is still missing; verification is not asked for."""
    place, draft = _open(writing, actor, now)
    values = _values(writing, actor, now)
    if draft is not None:
        _overwrite(draft, values)
        return draft
    draft = Interest(
        opportunity_id=writing.opportunity_id, organisation_id=place.organisation_id, created_by=actor.user_id,
        created_at=now, **values,
    )  # fmt: skip
    _insert(draft)
    return draft


def send_interest(*, writing: Writing, actor: Actor, now: datetime) -> Interest:
    """Sends the interest, from a draft or at once. Raises AlreadyInterested where one is open, also to the slower."""
    place, draft = _open(writing, actor, now)
    if not place.verified:
        raise PartnerNotVerified
    check_sendable(writing.content)
    values = _values(writing, actor, now)
    if draft is None:
        return _send_new(writing.opportunity_id, place, values, actor, now)
    return _send_draft(draft, values, actor, now)


def _open(writing: Writing, actor: Actor, now: datetime) -> tuple[Membership, Interest | None]:
    """The partner that writes, and its draft if it has one. Raises what keeps it from writing."""
    place = get_sending_place(actor)
    _check_opportunity(writing.opportunity_id, place, now)
    return place, _find_draft(writing.opportunity_id, place, writing.seen)


def _check_opportunity(opportunity_id: int, place: Membership, now: datetime) -> None:
    """Raises NotFound, OpportunityNotOpen or OwnerPaused; nobody is interested in its own."""
    found = db.session.get(Opportunity, opportunity_id)
    if found is None:
        raise NotFound
    check_receptive(standing(found.status, origin=found.origin, closes_at=found.closes_at, now=now))
    if found.organisation_id is None or found.organisation_id == place.organisation_id:
        raise OpportunityNotOpen
    if not get_card(found.organisation_id).verified:
        raise OwnerPaused


def _find_draft(opportunity_id: int, place: Membership, seen: int | None) -> Interest | None:
    found = find_open(opportunity_id, place.organisation_id)
    if found is None:
        return None
    if found.status is not InterestStatus.DRAFT:
        raise AlreadyInterested
    if seen is not None and seen != found.revision:
        raise DraftChanged
    return found


def _values(writing: Writing, actor: Actor, now: datetime) -> dict[str, Any]:
    """The columns that were written. Raises NotFound for a version that was never published of this opportunity."""
    if not is_published_version(writing.version_id, writing.opportunity_id):
        raise NotFound
    lists = {"roles": list(writing.content.roles), "must_answers": list(writing.content.must_answers)}
    content = {**asdict(writing.content), **lists}
    values: dict[str, Any] = {"version_id": writing.version_id, **content}
    if writing.upload:
        stream, filename = writing.upload.stream, writing.upload.filename
        values["blob_id"] = store_upload(stream, filename, actor=actor, now=now, kinds=DOCUMENTS).id
    return values


def _insert(draft: Interest) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(draft)
    except IntegrityError as error:
        raise AlreadyInterested from error


def _overwrite(draft: Interest, values: dict[str, Any]) -> None:
    """Writes only over the revision that was read."""
    written = db.session.execute(
        update(Interest)
        .where(
            Interest.id == draft.id,
            Interest.revision == draft.revision,
            Interest.status == InterestStatus.DRAFT,
        )
        .values(revision=Interest.revision + 1, **values)
        .execution_options(synchronize_session=False)
        .returning(Interest.id)
    ).first()
    if written is None:
        raise DraftChanged
    db.session.refresh(draft)


def _send_new(
    opportunity_id: int, place: Membership, values: dict[str, Any], actor: Actor, now: datetime
) -> Interest:
    interest = Interest(
        opportunity_id=opportunity_id, organisation_id=place.organisation_id, created_by=actor.user_id,
        created_at=now, sent_at=now, status=InterestStatus.SENT, **values,
    )  # fmt: skip
    try:
        begin(interest, derived=InterestStatus.DRAFT, table=TABLE, actor=actor, now=now)
    except IntegrityError as error:
        raise AlreadyInterested from error
    _tell_both(interest, actor, now)
    return interest


def _send_draft(draft: Interest, values: dict[str, Any], actor: Actor, now: datetime) -> Interest:
    try:
        move(draft, InterestStatus.SENT, table=TABLE, actor=actor, now=now, values={**values, "sent_at": now})
    except AlreadyDecided as faster:
        raise AlreadyInterested from faster
    except ChangedSinceRead as changed:
        raise DraftChanged from changed
    _tell_both(draft, actor, now)
    return draft


def _tell_both(interest: Interest, actor: Actor, now: datetime) -> None:
    """The Pemda hears of the interest; who sent it hears from now on of what becomes of the listing.

    A Pemda that invited this partner has its answer by it.
    """
    note_answer(interest, AnswerKind.INTERESTED, now=now)
    invited = accept_waiting(interest, actor=actor, now=now)
    tell([to_pemda("interest_sent", get_detail(interest.id), invited=invited)], now=now)
    if actor.user_id is not None:
        follow("opportunity", interest.opportunity_id, user_id=actor.user_id, why="interest", now=now)


def answer_more_info(*, interest_id: int, answer: str, seen: int | None, actor: Actor, now: datetime) -> None:
    """Gives the Pemda what it asked for; the interest waits for the Pemda again."""
    detail = get_workable(interest_id, actor)
    if not answer:
        raise AnswerNeeded(field="answer")
    move(
        detail.interest, InterestStatus.SENT, table=TABLE, actor=actor, now=now, seen=seen, words=answer,
        tells=[to_pemda("interest_answered", detail)], values={"answer": answer},
    )  # fmt: skip


def withdraw(
    *, interest_id: int, reason: str | None, words: str, seen: int | None, actor: Actor, now: datetime
) -> None:
    """Takes the interest back before it is accepted; the Pemda reads the reason."""
    detail = get_workable(interest_id, actor)
    check_words(reason, words)
    move(
        detail.interest, InterestStatus.WITHDRAWN, table=TABLE, actor=actor, now=now, seen=seen,
        reason=reason, words=words, tells=[to_pemda("interest_withdrawn", detail, reason=reason, words=words)],
        values={"decision_reason": reason, "decision_words": words or None},
    )  # fmt: skip
    note_answer(detail.interest, AnswerKind.WITHDRAWN, now=now)


def discard_draft(*, interest_id: int, actor: Actor) -> None:
    """Deletes a draft that was never sent; its file is no longer linked from anywhere.

    Raises NotFound, Forbidden, InterestLapsed, or AlreadyInterested for what another tab has sent meanwhile.
    """
    detail = get_workable(interest_id, actor)
    if not may(actor, "partner", detail.interest):
        raise Forbidden
    still_draft = (Interest.id == interest_id, Interest.status == InterestStatus.DRAFT)
    if db.session.scalar(delete(Interest).where(*still_draft).returning(Interest.id)) is None:
        raise AlreadyInterested
