"""Those who are interested in one opportunity: choosing whom to compare, and the chosen side by side."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from marketplace.collaborations.queries import Past, count_past
from marketplace.core import clock
from marketplace.core.actor import Membership, OrganisationKind
from marketplace.core.money import RUPIAH
from marketplace.core.paging import Paging, parse_page
from marketplace.core.refusal import NotFound
from marketplace.interests import labels
from marketplace.interests.comparison_queries import (
    Compared,
    PartnerFacts,
    Said,
    get_compared,
    list_partner_facts,
    list_records,
    list_said,
)
from marketplace.interests.comparison_rules import (
    COLUMNS_AT_MOST,
    TOGETHER_AT_MOST,
    Converted,
    Rate,
    Showing,
    convert,
    parse_choice,
    showing,
)
from marketplace.interests.deciding import note_read
from marketplace.interests.queries import Asked, Line, find_asked, list_incoming
from marketplace.interests.rules import PROMISED_DAYS, UNANSWERED, InterestState
from marketplace.interests.views.blueprint import interests
from marketplace.interests.views.incoming import ages_of
from marketplace.matching import comparing
from marketplace.matching.labels import FACTOR
from marketplace.opportunities.document_queries import list_opened_by
from marketplace.opportunities.queries import list_documents
from marketplace.organisations.labels import shown
from marketplace.organisations.member_rules import APPROVERS, WRITERS
from marketplace.organisations.policy import get_place
from marketplace.organisations.trust_queries import today
from marketplace.partners.models import TrackRecord
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.columns import drawn, told_together
from marketplace.web.formats import language
from marketplace.web.transaction import after_answer

LIST = "/dasbor/minat-masuk/<int:opportunity_id>"


@dataclass(frozen=True, slots=True)
class Column:
    """One partner's interest with everything that is compared of it."""

    line: Line
    facts: PartnerFacts
    converted: Converted | None
    said: Said
    records: list[TrackRecord]
    opened: list[str]
    past: Past
    fit: comparing.Compared
    steps: list[str]


def get_own(opportunity_id: int) -> tuple[Membership, Asked]:
    """The reader's Pemda and that opportunity of it, if it got interests. Raises NotFound."""
    place = get_place(current_actor(), OrganisationKind.PEMDA)
    asked = find_asked(place.organisation_id, opportunity_id)
    if asked is None:
        raise NotFound
    return place, asked


@interests.get(LIST)
@signed_in
def compare(opportunity_id: int) -> AnyResponse:
    """The chosen side by side, or all where they are few; seeing them here is reading them."""
    place, asked = get_own(opportunity_id)
    chosen = parse_choice(request.args.getlist("pilih"))
    shows = showing(len(chosen), asked.count)
    if shows is Showing.CHOOSE:
        return redirect(url_for(".choose", opportunity_id=opportunity_id, pilih=chosen))
    lines = list_incoming(
        place.organisation_id, opportunity_id=opportunity_id,
        chosen=chosen if shows is Showing.CHOSEN else None, limit=COLUMNS_AT_MOST,
    )  # fmt: skip
    if not lines:
        return redirect(url_for(".choose", opportunity_id=opportunity_id))
    return _noting_the_reading(_page(place, asked, lines), lines)


def _page(place: Membership, asked: Asked, lines: list[Line]) -> str:
    compared = get_compared(asked.opportunity_id)
    columns = _columns(place, compared, lines)
    return render_template(
        "interests/compare.html",
        chosen=asked,
        compared=compared,
        columns=columns,
        together=[("banding", line.id) for line in lines],
        documents=len(list_documents(compared.version_id)),
        title=labels.shown_title(asked, language()),
        states=labels.STATE,
        roles=labels.ROLE,
        # What nobody said anything about, and nobody is asked for, has no row.
        factors={each: name for each, name in FACTOR.items() if any(each in c.fit.facts for c in columns)},
        shown=shown,
        today=today(),
        ages=ages_of(lines),
        promised=PROMISED_DAYS,
        acts=place.role in WRITERS,
        place=place,
        partners=[line.partner_name for line in lines],
        drawn=drawn,
        told_together=told_together,
    )


def _columns(place: Membership, compared: Compared, lines: list[Line]) -> list[Column]:
    partners, ours = [line.partner_id for line in lines], [line.id for line in lines]
    facts, records = list_partner_facts(partners), list_records(partners)
    opened, said = list_opened_by(compared.opportunity_id, partners), list_said(ours)
    past = count_past(partners, pemda_id=place.organisation_id, besides=ours)
    pairs = comparing.pairs_to_compare(compared.opportunity_id, partners)
    return [
        Column(
            line=line,
            facts=facts[line.partner_id],
            converted=_converted(line, compared, facts[line.partner_id]),
            said=said[line.id],
            records=records.get(line.partner_id, []),
            opened=opened.get(line.partner_id, []),
            past=past.get(line.partner_id, Past()),
            fit=comparing.compare(pairs[line.partner_id], language()),
            steps=steps_of(line, place),
        )
        for line in lines
    ]


def _converted(line: Line, compared: Compared, partner: PartnerFacts) -> Converted | None:
    if line.ticket_amount is None:
        return None
    rates = []
    if compared.idr_rate:
        rates.append(Rate(compared.value_currency, compared.idr_rate, compared.idr_rate_on))
    if partner.usd_rate:
        rates.append(Rate("USD", Decimal(partner.usd_rate), partner.usd_rate_on))
    return convert(line.ticket_amount, line.ticket_currency, compared.value_currency or RUPIAH, rates)


def steps_of(line: Line, place: Membership) -> list[str]:
    """What the reader may do with it, the suggested step first; never what would only refuse."""
    if line.state is InterestState.SHORTLISTED:
        wanted = ["accept", "ask", "decline"]
    elif line.state in UNANSWERED:
        wanted = ["shortlist", "accept", "ask", "decline"]
    elif line.state is InterestState.MORE_INFO:
        wanted = ["decline"]
    else:
        wanted = []
    if not place.verified or place.role not in WRITERS:
        return []
    accepts = place.role in APPROVERS and line.partner_verified
    return [step for step in wanted if accepts or step != "accept"]


def _noting_the_reading(page: str, lines: list[Line]) -> Response:
    response = make_response(page)
    unread = [line.id for line in lines if line.read_at is None]
    if unread:
        arguments: dict[str, Any] = {"interest_ids": unread, "actor": current_actor(), "now": clock.now()}
        after_answer(response, note_read, **arguments)
    return response


@interests.get(f"{LIST}/pilih")
@signed_in
def choose(opportunity_id: int) -> str:
    """All interests of one opportunity with a box each; what is ticked stands in the address, on other pages too."""
    place, asked = get_own(opportunity_id)
    ticked = parse_choice(request.args.getlist("pilih"))
    paging = Paging(parse_page(request.args.get("halaman")), TOGETHER_AT_MOST, asked.count)
    lines = list_incoming(
        place.organisation_id, opportunity_id=opportunity_id, limit=TOGETHER_AT_MOST, offset=paging.offset
    )
    here = {line.id for line in lines}
    elsewhere = list_incoming(
        place.organisation_id, opportunity_id=opportunity_id, limit=len(ticked),
        chosen=[number for number in ticked if number not in here],
    )  # fmt: skip
    return render_template(
        "interests/choose.html",
        chosen=asked,
        title=labels.shown_title(asked, language()),
        lines=lines,
        ticked=set(ticked),
        elsewhere=elsewhere,
        paging=paging,
        states=labels.STATE,
        ages=ages_of(lines),
        promised=PROMISED_DAYS,
        columns=COLUMNS_AT_MOST,
        acts=place.role in WRITERS and place.verified,
    )
