"""A guidance begins with an ask, is answered by the other side, and ends at the word of either."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from marketplace.core.actor import Actor, MemberRole, OrganisationKind
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.lifecycle.actions import StatusTable, begin, move
from marketplace.notifications.actions import Notice, tell
from marketplace.organisations import guidance_queries, guidance_rules, policy, queries, rules
from marketplace.organisations.guidance_rules import GuidanceStatus
from marketplace.organisations.models import Guidance, Organisation

S = GuidanceStatus
TABLE = StatusTable("guidance", guidance_rules.STEPS, policy.may_guide)


def ask(organisation_id: int, other_id: int, *, message: str, actor: Actor, now: datetime) -> None:
    """A Pemda asks a tutor, or a tutor a Pemda; pressed twice, once.

    Raises NotFound, Forbidden, GuideNotVerified, AlreadyTogether, AskedTooSoon or TooManyAsks.
    """
    ours = queries.get(organisation_id)
    if actor.membership_in(ours.id) is None or ours.kind not in policy.GUIDING_KINDS:
        raise NotFound
    if not policy.can_manage_members(actor, ours):
        raise Forbidden
    theirs = queries.get_card(other_id)
    if theirs.kind is not guidance_queries.other_kind(ours.kind):
        raise NotFound
    for card in (queries.get_card(ours.id), theirs):
        if not card.verified:
            raise guidance_rules.GuideNotVerified(field="other", name=card.name)
    row = _new_row(ours, other_id, message, now)
    if _is_there(row, theirs.name):
        return
    guidance_rules.check_asked_again(
        guidance_queries.find_last_decline(row.pemda_id, row.tutor_id), name=theirs.name, now=now
    )
    guidance_rules.check_asks(guidance_queries.count_asks(ours.id, ours.kind))
    try:
        begin(row, derived=S.NONE, table=TABLE, actor=actor, now=now)
    except IntegrityError:
        # The other press, or the other side, was faster.
        _is_there(row, theirs.name)
        return
    tell([_notice("guidance_asked", row, other_id, ours.name, message=message)], now=now)


def _new_row(ours: Organisation, other_id: int, message: str, now: datetime) -> Guidance:
    is_tutor = ours.kind is OrganisationKind.TUTOR
    pemda_id, tutor_id = (other_id, ours.id) if is_tutor else (ours.id, other_id)
    return Guidance(
        pemda_id=pemda_id, tutor_id=tutor_id, status=S.REQUESTED if is_tutor else S.INVITED, revision=1,
        message=message, asked_at=now,
    )  # fmt: skip


def _is_there(row: Guidance, name: str) -> bool:
    """Whether the same was asked before. Raises AlreadyTogether where the two have something else open."""
    there = guidance_queries.find_open(row.pemda_id, row.tutor_id)
    if there is not None and there.status is not row.status:
        raise guidance_rules.AlreadyTogether(field="other", name=name)
    return there is not None


def agree(guidance_id: int, *, seen: int, actor: Actor, now: datetime) -> None:
    """The asked side says yes: the tutor reads the Pemda's drafts from its next page on. Raises GuideNotVerified."""
    guidance = get_own(guidance_id, actor)
    for number in (guidance.pemda_id, guidance.tutor_id):
        card = queries.get_card(number)
        if not card.verified and _answers(guidance, actor):
            raise guidance_rules.GuideNotVerified(name=card.name)
    asker, answerer = _asker_first(guidance)
    told = [_notice("guidance_agreed", guidance, asker, queries.get_card(answerer).name)]
    move(
        guidance,
        S.ACTIVE,
        table=TABLE,
        actor=actor,
        now=now,
        seen=seen,
        tells=told,
        values={"decided_at": now},
    )


def _answers(guidance: Guidance, actor: Actor) -> bool:
    return actor.has_role(_asker_first(guidance)[1], MemberRole.OWNER)


def _asker_first(guidance: Guidance) -> tuple[int, int]:
    pair = guidance.pemda_id, guidance.tutor_id
    return pair if guidance.status is S.INVITED else (pair[1], pair[0])


def decline(
    guidance_id: int, *, reason: str | None, words: str, seen: int, actor: Actor, now: datetime
) -> None:
    """The asked side says no, with a reason that the other reads."""
    guidance = get_own(guidance_id, actor)
    rules.check_words(reason, words)
    asker, answerer = _asker_first(guidance)
    told = [
        _notice(
            "guidance_declined", guidance, asker, queries.get_card(answerer).name, reason=reason, words=words
        )
    ]
    _say_no(guidance, S.DECLINED, reason, words, seen, actor, now, told)


def withdraw(guidance_id: int, *, seen: int, actor: Actor, now: datetime) -> None:
    """The asking side takes it back before an answer."""
    guidance = get_own(guidance_id, actor)
    move(guidance, S.WITHDRAWN, table=TABLE, actor=actor, now=now, seen=seen, values={"decided_at": now})


def end(guidance_id: int, *, reason: str | None, words: str, seen: int, actor: Actor, now: datetime) -> None:
    """Either side ends it: the tutor's rights end with the request in hand."""
    guidance = get_own(guidance_id, actor)
    rules.check_words(reason, words)
    ours = own_side_of(guidance, actor)
    theirs = guidance.tutor_id if ours == guidance.pemda_id else guidance.pemda_id
    told = [
        _notice("guidance_ended", guidance, theirs, queries.get_card(ours).name, reason=reason, words=words)
    ]
    _say_no(guidance, S.ENDED, reason, words, seen, actor, now, told)


def _say_no(
    guidance: Guidance, to: GuidanceStatus, reason: str | None, words: str, seen: int, actor: Actor,
    now: datetime, told: list[Notice],
) -> None:  # fmt: skip
    move(
        guidance, to, table=TABLE, actor=actor, now=now, seen=seen, reason=reason, words=words or None, tells=told,
        values={"decided_at": now, "decision_reason": reason, "decision_words": words or None},
    )  # fmt: skip


def get_own(guidance_id: int, actor: Actor) -> Guidance:
    """The relation, for members of either side. Raises NotFound."""
    guidance = guidance_queries.find_guidance(guidance_id)
    if guidance is None or not policy.can_see_guidance(actor, guidance):
        raise NotFound
    return guidance


def own_side_of(guidance: Guidance, actor: Actor) -> int:
    """The organisation for which the actor speaks here: where they are owner, else where they are a member."""
    sides = (guidance.pemda_id, guidance.tutor_id)
    owned = (side for side in sides if actor.has_role(side, MemberRole.OWNER))
    return next(owned, next(side for side in sides if actor.membership_in(side)))


def _notice(kind: str, guidance: Guidance, to: int, organisation: str, **more: str | None) -> Notice:
    """To the owners of the other organisation. A row that is new has no page of its own yet: the list has it."""
    owners = queries.list_member_ids(to, MemberRole.OWNER)
    path = f"/dasbor/organisasi/{to}/pendampingan"
    return Notice(
        kind, owners, f"{path}/{guidance.id}" if guidance.id else path, {"organisation": organisation, **more}
    )
