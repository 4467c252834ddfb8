from collections import Counter
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response

from marketplace.core.refusal import NotFound
from marketplace.innovations.queries import list_by_regions as list_innovations
from marketplace.programme.queries import count_records
from marketplace.programme.queries import list_by_regions as list_records
from marketplace.regions.gazetteer import Gazetteer, Place
from marketplace.regions.maps import province_map
from marketplace.regions.queries import gazetteer
from marketplace.taxonomy.queries import taxonomy
from marketplace.web.formats import angka

NEIGHBOURS = 5

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
    return render_template(
        "regions/index.html",
        q=query,
        found=known.search(query) if query else None,
        islands=_islands(known),
        gazetteer=known,
        counts={},
        province_counts={},
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
    innovations = list_innovations(known.members(code))
    records = list_records([code])
    dimensions = _dimensions({}, Counter(each.dimension_code for each in innovations))
    return render_template(
        "regions/show.html",
        place=place,
        province=known.by_code[place.province_code],
        gazetteer=known,
        map=province_map(code, None if place.is_province else place.point),
        innovations=innovations,
        taxonomy=taxonomy(),
        listings=[],
        listing_count=0,
        facts=_facts(place, known, listings=0, innovations=len(innovations), records=len(records)),
        dimensions=dimensions,
        petals=[(line["name"].removeprefix("Smart "), line["listings"]) for line in dimensions],
        records=records,
        records_known=0 if records else count_records(),
        around=_around(known, place, {}),
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


def _dimensions(listings: dict[str, int], innovations: Counter[str]) -> list[dict[str, Any]]:
    """One line a dimension, in the programme's order."""
    return [
        {
            "code": term.code,
            "name": term.title,
            "listings": listings.get(term.code, 0),
            "innovations": innovations[term.code],
        }
        for term in taxonomy().dimensions.values()
    ]


def _facts(
    place: Place, known: Gazetteer, *, listings: int, innovations: int, records: int
) -> list[dict[str, str | None]]:
    """The figures under the title, each with where it is from."""
    area = _("%(luas)s km²", luas=angka(place.area_km2))
    members = [_fact(_("Kabupaten dan kota"), angka(len(known.children(place.code))))] if place.is_province else []
    return [
        _fact(_("Penduduk"), angka(place.population), _("jiwa, semester II 2024")),
        _fact(_("Luas"), area, _("BIG, Desember 2024")),
        *members,
        _fact(_("Peluang"), angka(listings), _("terbuka dan contoh publik")),
        _fact(_("Inovasi"), angka(innovations), _("dari sumber publik")),
        _fact(_("Angkatan program"), angka(records), _("tercatat bersumber")),
    ]


def _fact(label: str, value: str, note: str | None = None) -> dict[str, str | None]:
    return {"label": label, "value": value, "note": note}


def _around(known: Gazetteer, place: Place, counts: dict[str, int]) -> list[dict[str, Any]]:
    """A province's kabupaten and kota; for one of these its province and nearest neighbours."""
    if place.is_province:
        places = known.children(place.code)
    else:
        places = [known.by_code[place.province_code], *known.nearest(place.code, NEIGHBOURS)]
    prefix = f"{request.script_root}/daerah/"
    return [
        {"label": near.display, "url": prefix + near.path, "count": counts.get(near.code, 0)} for near in places
    ]
