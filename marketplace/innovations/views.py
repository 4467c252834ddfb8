from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from marketplace.core import clock
from marketplace.core.paging import Paging, parse_page
from marketplace.core.refusal import NotFound
from marketplace.innovations import actions, queries
from marketplace.innovations.asking import Asked, parse
from marketplace.innovations.policy import find_speaker
from marketplace.innovations.queries import InnovationPage
from marketplace.regions.queries import gazetteer
from marketplace.taxonomy.queries import taxonomy
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.forms import ButtonForm, attempt

PAGE = 24
SIMILAR = 3

innovations = Blueprint("innovations", __name__)


@innovations.get("/inovasi")
def index() -> str:
    asked = _asked()
    wanted = asked.wanted(gazetteer())
    counts = queries.count_by_dimension(wanted)
    total = sum(counts.get(code, 0) for code in asked.dimensions or counts)
    base = f"{request.script_root}/inovasi"
    paging = Paging(
        parse_page(request.args.get("halaman")), PAGE, total, lambda page: base + asked.query(page)
    )
    return render_template(
        "innovations/index.html",
        items=queries.list_innovations(wanted, limit=PAGE, offset=paging.offset),
        paging=paging,
        asked=asked,
        dimension_links=_dimension_links(base, asked, counts),
        gazetteer=gazetteer(),
        taxonomy=taxonomy(),
    )


@innovations.get("/inovasi/<slug>")
def show(slug: str) -> str:
    innovation = _get(slug)
    return render_template(
        "innovations/show.html",
        innovation=innovation,
        wanting=queries.list_wanting_regions(innovation.id),
        similar=queries.list_similar(innovation, SIMILAR),
        gazetteer=gazetteer(),
        taxonomy=taxonomy(),
    )


@innovations.get("/inovasi/<slug>/butuh")
@signed_in
def want(slug: str) -> str:
    return _want_page(_get(slug), ButtonForm())


@innovations.post("/inovasi/<slug>/butuh")
@signed_in
def send_want(slug: str) -> Response | tuple[str, int]:
    innovation = _get(slug)
    form = ButtonForm()
    if not attempt(form, actions.want, innovation_id=innovation.id, actor=current_actor(), now=clock.now()):
        return _want_page(innovation, form), 422
    origin = gazetteer().by_code[innovation.region_code].display
    flash(
        _(
            "Kebutuhan daerah Anda tercatat. Pemda %(daerah)s diberi tahu bila sudah terdaftar di sini.",
            daerah=origin,
        )
    )
    return redirect(url_for("innovations.show", slug=slug))


def _asked() -> Asked:
    return parse(
        request.args.get("q", ""),
        request.args.getlist("dimensi"),
        request.args.get("daerah", ""),
        known=gazetteer(),
        dimension_codes=taxonomy().dimensions,
    )


def _dimension_links(base: str, asked: Asked, counts: dict[str, int]) -> list[dict[str, Any]]:
    """All, then each dimension, as chips with their counts."""
    everything = {
        "label": _("Semua"),
        "url": base + asked.with_only(None).query(),
        "count": sum(counts.values()),
        "active": not asked.dimensions,
    }
    return [everything] + [
        {
            "label": term.title,
            "url": base + asked.with_only(term.code).query(),
            "count": counts.get(term.code, 0),
            "active": term.code in asked.dimensions,
        }
        for term in taxonomy().dimensions.values()
    ]


def _get(slug: str) -> InnovationPage:
    innovation = queries.find_by_slug(slug)
    if innovation is None:
        raise NotFound
    return innovation


def _want_page(innovation: InnovationPage, form: ButtonForm) -> str:
    speaker = find_speaker(current_actor())
    return render_template(
        "innovations/want.html",
        innovation=innovation,
        form=form,
        speaker=speaker,
        said=speaker is not None and queries.has_said(innovation.id, speaker.organisation_id),
        gazetteer=gazetteer(),
    )
