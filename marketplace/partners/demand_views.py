"""What partners look for, for a Pemda before it writes."""

from flask import Blueprint, render_template

from marketplace.core.actor import Actor
from marketplace.core.dates import HOME_ZONE
from marketplace.core.refusal import NotFound
from marketplace.partners import demand_queries, labels
from marketplace.partners.demand_rules import AT_LEAST, shown_rows
from marketplace.partners.policy import can_read_demand
from marketplace.regions.queries import gazetteer
from marketplace.taxonomy.queries import taxonomy
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.formats import language

demand = Blueprint("demand", __name__)


@demand.get("")
@signed_in
def show() -> str:
    """How many partners look for what, by sector and by place, each by size."""
    actor = current_actor()
    if not can_read_demand(actor):
        raise NotFound
    terms, places, counted = taxonomy(), gazetteer(), demand_queries.get_counted()
    reader = language()
    sectors = {code: term.name(reader) for code, term in terms.sectors.items()}
    by_sector = shown_rows(counted.by_sector, sorted(sectors, key=sectors.__getitem__))
    order = [demand_queries.ANYWHERE, *places.province_names]
    by_place = shown_rows(counted.by_province, order)
    return render_template(
        "partners/demand.html", by_sector=by_sector, by_place=by_place, sectors=sectors,
        places={**places.province_names, demand_queries.ANYWHERE: labels.ANYWHERE},
        own=_provinces(actor), sizes=labels.SIZE, least=AT_LEAST, counted_at=counted.counted_at, zone=HOME_ZONE,
    )  # fmt: skip


def _provinces(actor: Actor) -> set[str]:
    return {place.region_code[:2] for place in actor.memberships if place.region_code}
