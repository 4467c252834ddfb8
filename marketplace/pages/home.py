"""What the home page makes of its figures; words and number formats stay in the template."""

from collections.abc import Mapping
from typing import Any

from marketplace.regions.gazetteer import Gazetteer
from marketplace.taxonomy.catalogue import Taxonomy

RANKED_AT_FIRST = 7
CHIPS = 4
SECTORS_NAMED = 3
OPEN = "status=terbuka"


def rank_provinces(counts: Mapping[str, int], places: Gazetteer, prefix: str) -> list[dict[str, Any]]:
    """Provinces that have open listings, most first; each {label, url, count}."""
    ranked = sorted(counts.items(), key=lambda entry: (-entry[1], places.province_names[entry[0]]))
    return [
        {
            "label": places.province_names[code],
            "url": f"{prefix}/peluang?daerah={code}&{OPEN}",
            "count": count,
        }
        for code, count in ranked
    ]


def pick_chips(
    counts: Mapping[str, int], terms: Taxonomy, language: str, prefix: str
) -> list[dict[str, Any]]:
    """The sectors with most open listings; each {label, url, count}."""
    ranked = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:CHIPS]
    return [
        {
            "label": terms.sector_name(code, language),
            "url": f"{prefix}/peluang?sektor={code}&{OPEN}",
            "count": count,
        }
        for code, count in ranked
    ]


def list_dimensions(
    counts: Mapping[str, int], terms: Taxonomy, language: str, prefix: str
) -> list[dict[str, Any]]:
    """The six, each {code, name, short, text, url, count}; the text names what belongs to it."""
    return [
        {
            "code": term.code,
            "name": term.title,
            "short": term.title.removeprefix("Smart "),
            "text": _examples_of(terms, term.code, language),
            "url": f"{prefix}/peluang?dimensi={term.code}&{OPEN}",
            "count": counts.get(term.code, 0),
        }
        for term in terms.dimensions.values()
    ]


def _examples_of(terms: Taxonomy, dimension_code: str, language: str) -> str:
    names = [term.name(language) for term in terms.sectors_of(dimension_code)[:SECTORS_NAMED]]
    first, *rest = names or [""]
    return ", ".join(
        [first, *(name[:1].lower() + name[1:] if name[1:2].islower() else name for name in rest)]
    )
