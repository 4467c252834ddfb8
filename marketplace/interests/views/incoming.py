"""The Pemda's inbox."""

from flask import render_template, request, url_for

from marketplace.core import clock
from marketplace.core.actor import OrganisationKind
from marketplace.core.dates import HOME_ZONE, local_day, working_days_between
from marketplace.core.paging import Paging, parse_page
from marketplace.core.refusal import NotFound
from marketplace.interests import labels
from marketplace.interests.policy import find_place
from marketplace.interests.queries import Line, count_incoming, list_asked, list_incoming
from marketplace.interests.rules import InterestState
from marketplace.interests.views.blueprint import interests
from marketplace.interests.views.reading import PAGE, parse_state
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor

WAITING = (InterestState.SENT, InterestState.READ, InterestState.SHORTLISTED)
# From here on a partner that got no answer is told of in warm.
PROMISED_DAYS = 5


@interests.get("/dasbor/minat-masuk")
@signed_in
def incoming() -> str:
    place = find_place(current_actor(), OrganisationKind.PEMDA)
    if place is None:
        raise NotFound
    asked = list_asked(place.organisation_id)
    wanted = request.args.get("peluang", "")
    chosen = next((one for one in asked if str(one.opportunity_id) == wanted), None)
    opportunity_id = chosen.opportunity_id if chosen else None
    counts = count_incoming(place.organisation_id, opportunity_id=opportunity_id)
    state = parse_state(request.args.get("status"))
    paging = Paging(
        parse_page(request.args.get("halaman")),
        PAGE,
        counts.get(state, 0) if state else sum(counts.values()),
        lambda number: url_for(
            ".incoming", peluang=opportunity_id, status=state, halaman=number if number > 1 else None
        ),
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
        ages={line.id: age_of(line) for line in lines},
        promised=PROMISED_DAYS,
        waiting=sum(counts.get(each, 0) for each in WAITING),
    )


def age_of(line: Line) -> int | None:
    """Working days that the line has waited for the Pemda; None where it does not."""
    if line.sent_at is None or line.state not in WAITING:
        return None
    return working_days_between(local_day(line.sent_at, HOME_ZONE), local_day(clock.now(), HOME_ZONE))
