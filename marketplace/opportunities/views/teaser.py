"""A listing as a two-page PDF, for printing and passing on."""

from pathlib import Path
from time import perf_counter
from typing import Any

from flask import Blueprint, Response, abort, current_app, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from marketplace.core import clock
from marketplace.core.actor import VISITOR
from marketplace.core.refusal import NotFound
from marketplace.core.text import tail_of
from marketplace.extensions import limiter
from marketplace.files.serving import attachment
from marketplace.files.shelf import Shelf
from marketplace.opportunities import policy, queries
from marketplace.opportunities.queries import Listing
from marketplace.opportunities.rules import LifeStatus
from marketplace.opportunities.typesetting import key_of, typeset
from marketplace.opportunities.views.page import Offerer, listing_page, takes_interest
from marketplace.opportunities.views.teaser_sheet import sheet_of
from marketplace.web.logs import origin_of
from marketplace.web.qr import qr_svg

teasers = Blueprint("teasers", __name__)
# Some 50 kB each.
_KEPT = 2000
_MADE_AT_MOST = "30 per 10 minutes"


@teasers.get("/peluang/<slug>/ringkasan.pdf")
def download(slug: str) -> AnyResponse:
    """What a visitor reads on the page, whoever asks; kept until it would say something else."""
    listing = queries.find_listing(tail_of(slug))
    if listing is None:
        raise NotFound
    opportunity = listing.opportunity
    if opportunity.status is LifeStatus.WITHDRAWN:
        abort(410)
    if not policy.is_public(opportunity):
        raise NotFound
    if slug != opportunity.slug:
        return redirect(url_for(".download", slug=opportunity.slug), 301)
    sheet = _sheet(listing)
    key = key_of(sheet)
    if request.if_none_match.contains(key):
        response = Response(status=304)
    else:
        response = Response(_shelf().get(f"{key}.pdf") or _make(key, sheet), mimetype="application/pdf")
        response.headers["Content-Disposition"] = attachment(f"{opportunity.slug}.pdf")
    response.set_etag(key)
    response.headers["Cache-Control"] = "public, no-cache"
    # Search engines lead to the page.
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _sheet(listing: Listing) -> dict[str, Any]:
    opportunity = listing.opportunity
    offerer = Offerer(listing.organisation_name, listing.organisation_unit)
    values = listing_page(opportunity, listing.version, offerer, actor=VISITOR, now=clock.now())
    address = f"{current_app.config['BASE_URL']}{request.script_root}/peluang/{opportunity.slug}"
    return sheet_of(values, address, takes_interest=takes_interest(listing, values["standing"]))


@limiter.limit(_MADE_AT_MOST, key_func=lambda: f"teaser-{origin_of(request.remote_addr or '')}")
def _make(key: str, sheet: dict[str, Any]) -> bytes:
    """Costs a tenth of a second of a processor, hence counted for each sender; what is kept already is not."""
    began = perf_counter()
    made = typeset({**sheet, "qr": qr_svg(sheet["url"]).decode()})
    _shelf().put(f"{key}.pdf", made)
    facts = {"ms": round((perf_counter() - began) * 1000), "bytes": len(made)}
    current_app.logger.info("teaser made", extra={"facts": facts})
    return made


def _shelf() -> Shelf:
    return Shelf(Path(current_app.config["INSTANCE_DIR"]) / "teasers", _KEPT)
