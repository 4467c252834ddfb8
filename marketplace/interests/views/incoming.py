"""The Pemda's inbox."""

from typing import Any

from flask import Response, make_response, render_template, request, url_for

from marketplace.core import clock
from marketplace.core.actor import OrganisationKind
from marketplace.core.paging import Paging, parse_page
from marketplace.core.refusal import NotFound
from marketplace.core.text import parse_number
from marketplace.interests import labels
from marketplace.interests.deciding import note_read
from marketplace.interests.policy import ACTING, DECIDING, find_place
from marketplace.interests.queries import Line, count_incoming, find_asked, list_asked, list_incoming
from marketplace.interests.rules import PROMISED_DAYS, UNANSWERED, InterestState, days_unanswered
from marketplace.interests.views.blueprint import interests
from marketplace.interests.views.reading import PAGE, parse_state
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.formats import language
from marketplace.web.transaction import after_answer

# As many partners as fit beside each other.
COLUMNS = 3
# The newest listings to choose from; the list below names all.
OFFERED = 200


@interests.get("/dasbor/minat-masuk")
@signed_in
def incoming() -> str:
    place = find_place(current_actor(), OrganisationKind.PEMDA)
    if place is None:
        raise NotFound
    asked = list_asked(place.organisation_id, limit=OFFERED)
    chosen = find_asked(place.organisation_id, parse_number(request.args.get("peluang")) or 0)
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
        ages=ages_of(lines),
        promised=PROMISED_DAYS,
        waiting=sum(counts.get(each, 0) for each in UNANSWERED),
    )


@interests.get("/dasbor/minat-masuk/<int:opportunity_id>")
@signed_in
def compare(opportunity_id: int) -> Response:
    """Those who are interested in one opportunity, side by side; seeing them here is reading them."""
    place = find_place(current_actor(), OrganisationKind.PEMDA)
    chosen = find_asked(place.organisation_id, opportunity_id) if place else None
    if place is None or chosen is None:
        raise NotFound
    paging = Paging(
        parse_page(request.args.get("halaman")),
        COLUMNS,
        chosen.count,
        lambda number: url_for(
            ".compare", opportunity_id=opportunity_id, halaman=number if number > 1 else None
        ),
    )
    lines = list_incoming(
        place.organisation_id, opportunity_id=opportunity_id, limit=COLUMNS, offset=paging.offset
    )
    page = render_template(
        "interests/compare.html",
        lines=lines,
        chosen=chosen,
        title=labels.title_in(chosen, language()),
        states=labels.STATE,
        roles=labels.ROLE,
        paging=paging,
        ages=ages_of(lines),
        promised=PROMISED_DAYS,
        steps={line.id: _steps_of(line, place.role in DECIDING, place.role in ACTING) for line in lines},
    )
    response = make_response(page)
    unread = [line.id for line in lines if line.read_at is None]
    if unread:
        arguments: dict[str, Any] = {"interest_ids": unread, "actor": current_actor(), "now": clock.now()}
        after_answer(response, note_read, **arguments)
    return response


def ages_of(lines: list[Line]) -> dict[int, int | None]:
    """Working days that each has waited for the Pemda; None where it does not."""
    now = clock.now()
    return {line.id: days_unanswered(line.state, line.sent_at, now) for line in lines}


def _steps_of(line: Line, decides: bool, acts: bool) -> list[str]:
    """What the reader may do with it, the suggested step first."""
    if line.state is InterestState.SHORTLISTED:
        wanted = ["accept", "ask", "decline"]
    elif line.state in UNANSWERED:
        wanted = ["shortlist", "accept", "ask", "decline"]
    elif line.state is InterestState.MORE_INFO:
        wanted = ["decline"]
    else:
        wanted = []
    return [step for step in wanted if acts and (decides or step != "accept")]
