"""Who is told what about the support of a listing."""

from collections.abc import Sequence
from typing import Any

from marketplace.notifications.actions import Notice
from marketplace.opportunities.models import OpportunityVersion
from marketplace.opportunities.own_queries import list_working_ids
from marketplace.organisations.member_rules import WRITERS
from marketplace.organisations.queries import list_member_ids


def _params(version: OpportunityVersion, organisation: str, **more: Any) -> dict[str, Any]:
    titles = {"title_id": version.title_id, "title_en": version.title_en}
    return {**titles, "organisation": organisation, "number": version.number, **more}


def _to_pemda(
    kind: str, version: OpportunityVersion, organisation: str, *, by_mail: bool = True, **more: Any
) -> Notice:
    opportunity = version.opportunity
    working = list_working_ids(opportunity.organisation_id or 0)
    path = f"/dasbor/peluang/{opportunity.id}"
    return Notice(kind, working, path, _params(version, organisation, **more), by_mail)


def commented(version: OpportunityVersion, organisation: str, *, by_mail: bool) -> Notice:
    return _to_pemda("version_commented", version, organisation, by_mail=by_mail)


def recommended(version: OpportunityVersion, organisation: str, words: str) -> Notice:
    return _to_pemda("recommendation_given", version, organisation, words=words)


def unrecommended(version: OpportunityVersion, organisation: str, reason: str | None, words: str) -> Notice:
    return _to_pemda("recommendation_withdrawn", version, organisation, reason=reason, words=words)


def shared(version: OpportunityVersion, pemda: str, province_id: int) -> Notice:
    """To those who speak for the province."""
    path = f"/dasbor/dukungan/{version.opportunity_id}"
    return Notice("draft_shared", list_member_ids(province_id, *WRITERS), path, _params(version, pemda))


def forwarded(
    version: OpportunityVersion, province: str, words: str, receiver: int | None, moderators: Sequence[int]
) -> list[Notice]:
    """To the receiver with the province's words, and to the Pemda."""
    params = _params(version, province, words=words)
    if receiver is None:
        told = Notice("opportunity_forwarded", moderators, "/moderasi/diteruskan", params)
    else:
        path = f"/dasbor/dukungan/{version.opportunity_id}"
        told = Notice("opportunity_forwarded", list_member_ids(receiver, *WRITERS), path, params)
    return [told, _to_pemda("opportunity_forwarded", version, province, by_mail=False, words=words)]
