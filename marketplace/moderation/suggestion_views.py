"""Where suggestions fall short: listings with few fits, partners that stand in no list, and a suggestion by hand."""

from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from marketplace.core import clock
from marketplace.core.dates import HOME_ZONE, local_day
from marketplace.core.paging import Paging
from marketplace.core.text import clean_line, parse_number
from marketplace.interests.comparison_queries import list_partner_facts
from marketplace.matching import labels, queries
from marketplace.matching.factors import Side
from marketplace.matching.lists.held_model import current_model_id
from marketplace.matching.lists.loading import listings_among, partners_among
from marketplace.matching.policy import may_suggest
from marketplace.matching.rules import THIN_BELOW, WORDS_AT_MOST
from marketplace.matching.suggesting_by_hand import suggest
from marketplace.matching.wording import tell
from marketplace.moderation.suggestion_forms import SuggestForm
from marketplace.moderation.suggestion_queries import OpenListing, list_open, search_open
from marketplace.moderation.suggestion_rules import unsaid_of_listing, unsaid_of_partner
from marketplace.opportunities.labels import PARTNER_KIND
from marketplace.opportunities.queries import find_opportunity
from marketplace.partners.queries import Line, Wish, list_directory, list_lines
from marketplace.regions.queries import gazetteer
from marketplace.web.access import moderator_only
from marketplace.web.actors import current_actor
from marketplace.web.formats import language
from marketplace.web.forms import attempt
from marketplace.web.headers import keep_on_back
from marketplace.web.paging import paged

PAGE = 25
OFFERED = 20
LONGEST_SEARCH = 80

suggestion_moderation = Blueprint("suggestion_moderation", __name__)


@suggestion_moderation.get("")
@moderator_only
def thin() -> str:
    """Open listings with few good fits, the fewest first, and what they have not said."""
    now = clock.now()
    total = queries.thin_listings(now=now, below=THIN_BELOW, limit=1).total
    paging = paged(".thin", total, PAGE)
    rows = queries.thin_listings(now=now, below=THIN_BELOW, limit=PAGE, offset=paging.offset).rows
    ids = [row.opportunity_id for row in rows]
    listings, facts = list_open(ids, now=now), listings_among(ids, now=now)
    return render_template(
        "moderation/thin_listings.html",
        rows=[(listings[row.opportunity_id], row.good) for row in rows if row.opportunity_id in listings],
        unsaid={each.id: _titles(unsaid_of_listing(each), Side.LISTING) for each in facts},
        ages={each.id: _days_since(each.published_at) for each in listings.values()},
        below=THIN_BELOW,
        **_common(paging),
    )


@suggestion_moderation.get("/mitra")
@moderator_only
def never() -> str:
    """Verified partners that stand in nobody's list, the longest here first, and what they have not said."""
    paging = paged(".never", queries.partners_never_suggested(limit=1).total, PAGE)
    ids = queries.partners_never_suggested(limit=PAGE, offset=paging.offset).rows
    lines, facts, known = list_lines(ids), partners_among(ids), list_partner_facts(ids)
    return render_template(
        "moderation/never_suggested.html",
        rows=[lines[number] for number in ids if number in lines],
        unsaid={each.id: _titles(unsaid_of_partner(each), Side.PARTNER) for each in facts},
        ages={number: _days_since(each.verified_at) for number, each in known.items()},
        kinds=PARTNER_KIND,
        **_common(paging),
    )


def _common(paging: Paging) -> dict[str, Any]:
    return {"paging": paging, "gazetteer": gazetteer(), "scored": current_model_id() is not None}


def _titles(unsaid: list[Any], side: Side) -> list[Any]:
    return [labels.MISSING[factor, side].title for factor in unsaid]


def _days_since(moment: Any) -> int | None:
    if moment is None:
        return None
    return (local_day(clock.now(), HOME_ZONE) - local_day(moment, HOME_ZONE)).days


@suggestion_moderation.route("/tulis", methods=["GET", "POST"])
@moderator_only
def write() -> Any:
    """Choosing a listing, then a partner, then saying why; what is chosen stands in the address."""
    listing, partner = _chosen_listing(), _chosen_partner()
    if listing is None:
        return _choose_listing(partner)
    if partner is None:
        return _choose_partner(listing)
    form = SuggestForm()
    if request.method == "GET":
        return keep_on_back(make_response(_page(form, listing, partner)))
    if form.validate() and attempt(
        form, suggest, opportunity_id=listing.id, organisation_id=partner.organisation_id,
        words=form.words.data or "", actor=current_actor(), now=clock.now(),
    ):  # fmt: skip
        flash(_("%(mitra)s kini disarankan, atas nama Anda.", mitra=partner.name))
        return redirect(url_for(".thin"))
    return _page(form, listing, partner), 422


def _chosen_listing() -> OpenListing | None:
    number = parse_number(request.args.get("peluang")) or 0
    return list_open([number], now=clock.now()).get(number)


def _chosen_partner() -> Line | None:
    number = parse_number(request.args.get("mitra")) or 0
    return list_lines([number]).get(number)


def _searched() -> str:
    return clean_line(request.args.get("q", ""))[:LONGEST_SEARCH]


def _choose_listing(partner: Line | None) -> str:
    """Those found, or those with the fewest fits."""
    now, text = clock.now(), _searched()
    if text:
        found = search_open(text, now=now, limit=OFFERED)
    else:
        thin = queries.thin_listings(now=now, below=THIN_BELOW, limit=OFFERED).rows
        known = list_open([row.opportunity_id for row in thin], now=now)
        found = [known[row.opportunity_id] for row in thin if row.opportunity_id in known]
    return render_template(
        "moderation/suggest_listing.html", found=found, text=text, partner=partner, gazetteer=gazetteer()
    )


def _choose_partner(listing: OpenListing) -> str:
    """Those found, or those of the listing's sector."""
    text = _searched()
    facts = listings_among([listing.id], now=clock.now())
    sectors = [each.sector for each in facts if each.sector]
    found = list_directory(Wish(text=text) if text else Wish(sectors=sectors), limit=OFFERED)
    return render_template(
        "moderation/suggest_partner.html", found=found, text=text, listing=listing, kinds=PARTNER_KIND
    )


def _page(form: SuggestForm, listing: OpenListing, partner: Line) -> str | Response:
    facts = queries.pair(listing.id, partner.organisation_id, now=clock.now())
    told = tell(facts, language()) if facts else None
    opportunity = find_opportunity(listing.id)
    pemda = opportunity.organisation_id if opportunity else None
    return render_template(
        "moderation/suggest.html", form=form, listing=listing, partner=partner, longest=WORDS_AT_MOST,
        fit={"told": told, "gaps": [(gap, None) for gap in told.gaps]} if told else None,
        may=may_suggest(current_actor(), partner.organisation_id, pemda),
        already=queries.find_hand_suggestion(listing.id, partner.organisation_id),
    )  # fmt: skip
