"""A tutor or a province comments on a version in work; its editor marks a comment as handled."""

from datetime import datetime

from sqlalchemy import func, select, update

from marketplace.audit import actions as audit
from marketplace.core.actor import Actor
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.extensions import db
from marketplace.notifications.actions import tell
from marketplace.opportunities import policy
from marketplace.opportunities.content import MARKABLE
from marketplace.opportunities.drafting import lock_draft
from marketplace.opportunities.models import OpportunityVersion
from marketplace.opportunities.support import news as support_news
from marketplace.opportunities.support import policy as support_policy
from marketplace.opportunities.support.models import VersionComment
from marketplace.opportunities.support.queries import find_ties
from marketplace.opportunities.support.rules import (
    WHOLE_VERSION,
    NotCommentable,
    check_comment,
    is_commentable,
)


def comment(version: OpportunityVersion, *, field: str, words: str, actor: Actor, now: datetime) -> None:
    """Leaves a comment at a field or on the whole; the same words pressed twice are one comment.

    Raises NotFound, Forbidden, NotCommentable and what `check_comment` raises.
    """
    lock_draft(version)
    ties = find_ties(actor, version)
    if not support_policy.list_places(actor, version, ties) or field not in (*MARKABLE, WHOLE_VERSION):
        raise NotFound
    if not is_commentable(version.status, version.opportunity.status):
        raise NotCommentable
    place = support_policy.find_commenter(actor, version, ties)
    if place is None:
        raise Forbidden
    before = list(db.session.scalars(select(VersionComment).where(VersionComment.version_id == version.id)))
    ours = [each for each in before if each.organisation_id == place.organisation_id and not each.handled_at]
    if any((each.field, each.words) == (field, words) for each in ours):
        return
    check_comment(words, len(before))
    row = VersionComment(
        version_id=version.id, organisation_id=place.organisation_id, field=field, words=words, made_by=actor.user_id,
        made_at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    audit.record(
        "version:commented", actor=actor, now=now, object_kind="opportunity_version", object_id=version.id,
        details={"comment": row.id, "organisation": place.organisation_id},
    )  # fmt: skip
    # One letter for a sitting: while the Pemda has unhandled ones, the next are in its inbox only.
    tell([support_news.commented(version, place.name, by_mail=not ours)], now=now)


def handle(version: OpportunityVersion, *, comment_id: int, actor: Actor, now: datetime) -> None:
    """Marks a comment as handled, for whoever writes the listing now; pressed twice, once. Raises NotFound or Forbidden."""
    if not policy.may_act_as(actor, "editor", version):
        raise Forbidden
    there = db.session.scalar(
        select(func.count(VersionComment.id)).where(
            VersionComment.id == comment_id, VersionComment.version_id == version.id
        )
    )
    if not there:
        raise NotFound
    handled = db.session.execute(
        update(VersionComment)
        .where(VersionComment.id == comment_id, VersionComment.handled_at.is_(None))
        .values(handled_at=now, handled_by=actor.user_id)
        .returning(VersionComment.id)
        .execution_options(synchronize_session=False)
    ).first()
    if handled is not None:
        audit.record(
            "version:comment_handled", actor=actor, now=now, object_kind="opportunity_version", object_id=version.id,
            details={"comment": comment_id},
        )  # fmt: skip
