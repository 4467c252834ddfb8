from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response

from marketplace.core import clock
from marketplace.core.refusal import NotFound
from marketplace.innovations.queries import Wanted, list_innovations
from marketplace.innovations.queries import count_by_dimension as count_innovations
from marketplace.opportunities.queries import find_in_region
from marketplace.programme.queries import count_records
from marketplace.programme.queries import list_by_regions as list_records
from marketplace.regions.gazetteer import Gazetteer, Place
from marketplace.regions.maps import country_map, province_map
from marketplace.regions.queries import gazetteer
from marketplace.search.counts import count_by_region
from marketplace.search.index import open_index
from marketplace.taxonomy.queries import taxonomy
from marketplace.web.formats import angka
from marketplace.web.language import get_language

NEIGHBOURS = 5
SHOWN = 6

regions = Blueprint("regions", __name__)


class RegionCode(BaseConverter):
    """A Kemendagri code: "71" or "71.72"; the default converter would swallow the hyphen after it."""

    regex = r"\d\d(?:\.\d\d)?"


@regions.record_once
def know_codes(state: BlueprintSetupState) -> None:
    """Stands before the routes that need it."""
    state.app.url_map.converters["region_code"] = RegionCode


@regions.get("/daerah")
def index() -> str:
    query = request.args.get("q", "").strip()[:200]
    known = gazetteer()
    counts = count_by_region(open_index().view())
    provinces = {place.code: counts.get(place.code, 0) for place in known.provinces}
    return render_template(
        "regions/index.html",
        q=query,
        found=known.search(query) if query else None,
        islands=_islands(known),
        gazetteer=known,
        counts=counts,
        map=country_map(provinces, known.province_names),
    )


@regions.get("/daerah/<region_code:code>")
def show_by_code(code: str) -> Response:
    return redirect(url_for("regions.show", code=code, slug=_get(code).slug), 301)


@regions.get("/daerah/<region_code:code>-<slug>")
def show(code: str, slug: str) -> Response | str:
    place = _get(code)
    if slug != place.slug:
        return redirect(url_for("regions.show", code=code, slug=place.slug), 301)
    known = gazetteer()
    running = Wanted(region_codes=tuple(known.members(code)))
    innovations = count_innovations(running)
    records = list_records([code])
    listings = find_in_region(
        open_index().view(), code, SHOWN, language=get_language(), prefix=request.script_root, now=clock.now()
    )
    dimensions = _dimensions(listings.by_dimension, innovations)
    return render_template(
        "regions/show.html",
        place=place,
        province=known.by_code[place.province_code],
        gazetteer=known,
        map=province_map(code, None if place.is_province else place.point),
        innovations=list_innovations(running, limit=SHOWN) if innovations else [],
        innovation_count=sum(innovations.values()),
        taxonomy=taxonomy(),
        listings=listings.cards,
        listing_count=listings.total,
        facts=_facts(
            place, known, listings=listings.total, innovations=sum(innovations.values()), records=len(records)
        ),
        dimensions=dimensions,
        petals=[(line["name"].removeprefix("Smart "), line["listings"]) for line in dimensions],
        records=records,
        records_known=0 if records else count_records(),
        around=_around(known, place, listings.by_region),
    )


def _get(code: str) -> Place:
    place = gazetteer().find(code)
    if place is None:
        raise NotFound
    return place


def _islands(known: Gazetteer) -> dict[str, list[Place]]:
    """Provinces by island group, in the order of their codes."""
    groups: dict[str, list[Place]] = {}
    for province in known.provinces:
        groups.setdefault(province.island_group, []).append(province)
    return groups


def _dimensions(listings: Mapping[str, int], innovations: Mapping[str, int]) -> list[dict[str, Any]]:
    """One line a dimension, in the programme's order."""
    return [
        {
            "code": term.code,
            "name": term.title,
            "listings": listings.get(term.code, 0),
            "innovations": innovations.get(term.code, 0),
        }
        for term in taxonomy().dimensions.values()
    ]


def _facts(
    place: Place, known: Gazetteer, *, listings: int, innovations: int, records: int
) -> list[dict[str, str | None]]:
    """The figures under the title, each with where it is from."""
    area = _("%(luas)s km²", luas=angka(place.area_km2))
    if place.is_province:
        third = _fact(_("Kabupaten dan kota"), angka(len(known.children(place.code))))
    else:
        density = round(place.population / place.area_km2)
        third = _fact(_("Kepadatan"), angka(density), _("jiwa per km²"))
    return [
        _fact(_("Penduduk"), angka(place.population), _("jiwa, semester II 2024")),
        _fact(_("Luas"), area, _("BIG, Desember 2024")),
        third,
        _fact(_("Peluang"), angka(listings), _("termasuk contoh publik")),
        _fact(_("Inovasi"), angka(innovations), _("dari sumber publik")),
        _fact(_("Angkatan program"), angka(records), _("tercatat bersumber")),
    ]


def _fact(label: str, value: str, note: str | None = None) -> dict[str, str | None]:
    return {"label": label, "value": value, "note": note}


def _around(known: Gazetteer, place: Place, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """A province's kabupaten and kota; for one of these its province and nearest neighbours."""
    if place.is_province:
        places = known.children(place.code)
    else:
        places = [known.by_code[place.province_code], *known.nearest(place.code, NEIGHBOURS)]
    prefix = f"{request.script_root}/daerah/"
    return [
        {"label": near.display, "url": prefix + near.path, "count": counts.get(near.code, 0)}
        for near in places
    ]
