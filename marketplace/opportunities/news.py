"""Who is told what about a listing: one function a piece of news."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from marketplace.core.actor import Actor
from marketplace.notifications.actions import Notice
from marketplace.notifications.queries import list_followers
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.own_queries import list_releaser_ids, list_working_ids
from marketplace.opportunities.policy import is_colleague, on_behalf_of
from marketplace.opportunities.rules import LifeStatus
from marketplace.opportunities.support.assistance_models import Assistance
from marketplace.opportunities.support.assistance_queries import list_helper_ids
from marketplace.organisations.member_rules import APPROVERS
from marketplace.organisations.queries import get_card, list_member_ids
from marketplace.regions.queries import gazetteer


def _workspace(opportunity_id: int) -> str:
    return f"/dasbor/peluang/{opportunity_id}"


def _params(version: OpportunityVersion, region_code: str, **more: Any) -> dict[str, Any]:
    return {
        "title_id": version.title_id,
        "title_en": version.title_en,
        "place": gazetteer().by_code[region_code].display,
        **more,
    }


def _others(recipients: Iterable[int], actor: Actor) -> list[int]:
    """Nobody is told of what they did themselves."""
    return [user_id for user_id in recipients if user_id != actor.user_id]


def _to_members(kind: str, version: OpportunityVersion, actor: Actor, **more: Any) -> Notice:
    opportunity = version.opportunity
    helpers = list_helper_ids(opportunity) if version.assisted else []
    working = list_working_ids(opportunity.organisation_id or 0)
    return Notice(
        kind,
        _others(dict.fromkeys((*working, *helpers)), actor),
        _workspace(opportunity.id),
        _params(version, opportunity.region_code, **more),
    )


def sent_to_approver(version: OpportunityVersion, actor: Actor) -> Notice:
    opportunity = version.opportunity
    releasers = list_releaser_ids(opportunity.organisation_id or 0)
    params = _params(version, opportunity.region_code, by=actor.name)
    kind = "version_sent_to_approver"
    if opportunity.assistance and not is_colleague(actor, opportunity):
        kind, params = "assistance_handed_over", params | _side(opportunity.assistance)
    return Notice(kind, _others(releasers, actor), _workspace(opportunity.id), params)


def assistance_begun(opportunity: Opportunity, assistance: Assistance, actor: Actor) -> Notice:
    """To those who may end it: somebody writes for them from now on."""
    params = {"place": gazetteer().by_code[opportunity.region_code].display, "by": actor.name}
    approvers = list_member_ids(opportunity.organisation_id or 0, *APPROVERS)
    return Notice(
        "assistance_begun", _others(approvers, actor), _workspace(opportunity.id), params | _side(assistance)
    )


def assistance_ended(
    opportunity: Opportunity, actor: Actor, *, reason: str | None = None, words: str = ""
) -> Notice:
    """To those who wrote for the Pemda: they write no more."""
    place = gazetteer().by_code[opportunity.region_code].display
    params = {"place": place, "reason": reason or "", "words": words}
    return Notice("assistance_ended", _others(list_helper_ids(opportunity), actor), "/dasbor/bantuan", params)


def _side(assistance: Assistance) -> dict[str, str]:
    """Who assists, for a mail: the province's organisation; "" is LAIP, which is called by its setting."""
    province = assistance.organisation_id
    return {"province": get_card(province).name if province else ""}


def remarked(version: OpportunityVersion, actor: Actor, reason: str | None, words: str, marks: int) -> Notice:
    behalf = on_behalf_of(actor, version)
    return _to_members(
        "version_remarked", version, actor, by=actor.name, behalf=behalf.name if behalf else "", reason=reason,
        words=words, marks=marks,
    )  # fmt: skip


def submitted(version: OpportunityVersion, moderators: Sequence[int]) -> Notice:
    params = _params(version, version.opportunity.region_code, number=version.number)
    return Notice("version_submitted", moderators, f"/moderasi/peluang/{version.id}", params)


def returned(version: OpportunityVersion, actor: Actor, reason: str | None, words: str, marks: int) -> Notice:
    return _to_members("version_returned", version, actor, reason=reason, words=words, marks=marks)


def rejected(version: OpportunityVersion, actor: Actor, reason: str | None, words: str) -> Notice:
    return _to_members("version_rejected", version, actor, reason=reason, words=words)


def published(version: OpportunityVersion, actor: Actor, slug: str, *, first: bool) -> list[Notice]:
    """To the Pemda; and to followers where the listing was up already, with what has changed."""
    opportunity = version.opportunity
    notices = [_to_members("version_published", version, actor, number=version.number)]
    if not first:
        path = f"/peluang/{slug}/perubahan?versi={version.number}"
        notices.append(_to_followers("opportunity_updated", opportunity, version, actor, path))
    return _without_repeats(notices)


def withdrawn(
    opportunity: Opportunity, version: OpportunityVersion, actor: Actor, reason: str | None
) -> list[Notice]:
    members = Notice(
        "opportunity_withdrawn",
        _others(list_working_ids(opportunity.organisation_id or 0), actor),
        _workspace(opportunity.id),
        _params(version, opportunity.region_code, reason=reason),
    )
    path = f"/peluang/{opportunity.slug}"
    followers = _to_followers("opportunity_withdrawn", opportunity, version, actor, path, reason=reason)
    return _without_repeats([members, followers])


def addendum(
    opportunity: Opportunity,
    version: OpportunityVersion,
    actor: Actor,
    moderators: Sequence[int],
    deadline: Any,
) -> list[Notice]:
    """To followers; and to LAIP, which did not see it before."""
    path = f"/peluang/{opportunity.slug}"
    params = {"deadline": deadline.isoformat() if deadline else None}
    followers = _to_followers("opportunity_addendum", opportunity, version, actor, path, **params)
    staff = Notice(
        "opportunity_addendum",
        moderators,
        path,
        _params(version, opportunity.region_code, **params),
        by_mail=False,
    )
    return _without_repeats([followers, staff])


def question_answered(version: OpportunityVersion, actor: Actor, *, words_id: str, words_en: str) -> Notice:
    """To followers: somebody's question was answered for everybody."""
    opportunity = version.opportunity
    path = f"/peluang/{opportunity.slug}/tanya-jawab"
    words = {"words_id": words_id, "words_en": words_en}
    return _to_followers("question_published", opportunity, version, actor, path, **words)


def outcome(
    opportunity: Opportunity, version: OpportunityVersion, actor: Actor, result: LifeStatus
) -> list[Notice]:
    path = f"/peluang/{opportunity.slug}"
    return [_to_followers("opportunity_outcome", opportunity, version, actor, path, outcome=str(result))]


def deadline_near(
    opportunity: Opportunity, version: OpportunityVersion, readers: Mapping[int, bool], days: int
) -> Notice:
    """To those who watch; `readers` says of each whether by mail too, `days` are left."""
    more = {"days": days, "deadline": opportunity.closes_on.isoformat() if opportunity.closes_on else None}
    path = f"/peluang/{opportunity.slug}"
    return _to_readers("opportunity_deadline", opportunity, version, readers, path, **more)


def _to_followers(
    kind: str, opportunity: Opportunity, version: OpportunityVersion, actor: Actor, path: str, **more: Any
) -> Notice:
    followers = list_followers("opportunity", opportunity.id)
    readers = {user_id: followers[user_id] for user_id in _others(followers, actor)}
    return _to_readers(kind, opportunity, version, readers, path, **more)


def _to_readers(
    kind: str, opportunity: Opportunity, version: OpportunityVersion, readers: Mapping[int, bool], path: str,
    **more: Any,
) -> Notice:  # fmt: skip
    """To people who follow the listing, with where they stop doing so."""
    params = _params(
        version,
        opportunity.region_code,
        stop=f"peluang/{opportunity.slug}/ikuti",
        watched=opportunity.id,
        **more,
    )
    quiet = frozenset(user_id for user_id, by_mail in readers.items() if not by_mail)
    return Notice(kind, list(readers), path, params, without_mail=quiet)


def _without_repeats(notices: list[Notice]) -> list[Notice]:
    """A colleague who also follows hears it once, as a colleague."""
    told: set[int] = set()
    kept = []
    for notice in notices:
        recipients = [user_id for user_id in notice.recipients if user_id not in told]
        told.update(recipients)
        kept.append(replace(notice, recipients=recipients))
    return kept
