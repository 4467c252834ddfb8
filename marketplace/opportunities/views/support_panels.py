"""What a Pemda sees of the support of a listing, beside its own work on it."""

from typing import Any

from marketplace.opportunities import policy
from marketplace.opportunities.models import OpportunityVersion
from marketplace.opportunities.support import policy as support_policy
from marketplace.opportunities.support.queries import (
    find_province_card,
    is_shared,
    list_comments,
    list_passed_of,
    list_voices,
)
from marketplace.opportunities.wording import supporter_name
from marketplace.regions.queries import gazetteer
from marketplace.web.actors import current_actor


def support_values(version: OpportunityVersion) -> dict[str, Any]:
    """For the Pemda's workspace: comments, recommendations, what was passed on, whether its province reads along."""
    opportunity = version.opportunity
    actor = current_actor()
    province = gazetteer().province_of(opportunity.region_code)
    outside = province is not None and province.code != opportunity.region_code
    return {
        "comments": list_comments(version.id),
        "handles": policy.may_act_as(actor, "editor", version),
        "may_share": support_policy.can_share(actor, version)
        and outside
        and opportunity.status in ("unpublished", "published"),
        "shared": is_shared(opportunity.id),
        "province": province,
        "province_here": outside and find_province_card(opportunity.region_code) is not None,
        "voices": list_voices(opportunity.id, public=False),
        "passed": list_passed_of(opportunity.id),
        "supporter_name": supporter_name,
    }
