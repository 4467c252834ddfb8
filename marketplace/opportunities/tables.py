"""The status tables of a listing, as lifecycle.move takes them."""

from marketplace.lifecycle.actions import StatusTable
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.policy import may_act_as, may_in_assistance
from marketplace.opportunities.rules import LIFE_STEPS, VERSION_STEPS
from marketplace.opportunities.support.assistance_rules import ASSISTANCE_STEPS


def _change(opportunity: Opportunity) -> tuple[str, int]:
    return "opportunity", opportunity.id


VERSION = StatusTable("opportunity_version", VERSION_STEPS, may_act_as)
LIFE = StatusTable("opportunity", LIFE_STEPS, may_act_as, change_of=_change)
ASSISTANCE = StatusTable("assistance", ASSISTANCE_STEPS, may_in_assistance)
