"""The Pemda's inbox."""

from flask import render_template, request

from marketplace.core import clock
from marketplace.core.actor import OrganisationKind
from marketplace.core.text import parse_number
from marketplace.interests import labels
from marketplace.interests.queries import Line, count_incoming, find_asked, list_asked, list_incoming
from marketplace.interests.rules import PROMISED_DAYS, UNANSWERED, days_unanswered
from marketplace.interests.views.blueprint import interests
from marketplace.interests.views.reading import PAGE, parse_state
from marketplace.organisations.policy import get_place
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.paging import paged

# The newest listings to choose from; the list below names all.
OFFERED = 200


@interests.get("/dasbor/minat-masuk")
@signed_in
def incoming() -> str:
    place = get_place(current_actor(), OrganisationKind.PEMDA)
    asked = list_asked(place.organisation_id, limit=OFFERED)
    chosen = find_asked(place.organisation_id, parse_number(request.args.get("peluang")) or 0)
    opportunity_id = chosen.opportunity_id if chosen else None
    counts = count_incoming(place.organisation_id, opportunity_id=opportunity_id)
    state = parse_state(request.args.get("status"))
    paging = paged(
        ".incoming",
        counts.get(state, 0) if state else sum(counts.values()),
        PAGE,
        peluang=opportunity_id,
        status=state,
    )
    lines = list_incoming(
        place.organisation_id, opportunity_id=opportunity_id, state=state, limit=PAGE, offset=paging.offset
    )
    return render_template(
        "interests/incoming.html",
        lines=lines,
        asked=asked,
        chosen=chosen,
        counts=counts,
        state=state,
        states=labels.STATE,
        paging=paging,
        ages=ages_of(lines),
        promised=PROMISED_DAYS,
        waiting=sum(counts.get(each, 0) for each in UNANSWERED),
    )


def ages_of(lines: list[Line]) -> dict[int, int | None]:
    """Working days that each has waited for the Pemda; None where it does not."""
    now = clock.now()
    return {line.id: days_unanswered(line.state, line.sent_at, now) for line in lines}
