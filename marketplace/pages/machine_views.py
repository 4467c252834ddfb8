"""Addresses that programs ask for: the site map, robots.txt, security.txt, the icon."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import cast

from flask import Blueprint, Response, current_app, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from marketplace.core import clock
from marketplace.core.paging import parse_page
from marketplace.core.refusal import NotFound
from marketplace.pages import sitemap
from marketplace.pages.queries import ANSWERS, count_addresses, list_addresses
from marketplace.pages.sitemap import FIXED, Entry, Part
from marketplace.regions.queries import gazetteer

SECURITY_TXT_LASTS = timedelta(days=180)
# Nothing secret stands behind these: they need a sign-in, and a crawler has no business there.
NOT_CRAWLED = ("/dasbor", "/moderasi", "/masuk", "/daftar", "/keluar", "/konfirmasi", "/lupa-kata-sandi")

machines = Blueprint("machines", __name__)


@machines.get("/sitemap.xml")
def site_map() -> Response:
    base, a_file = current_app.config["BASE_URL"], sitemap.PAGES_A_FILE
    sizes = {"tetap": len(FIXED), "daerah": len(gazetteer().by_code), **count_addresses()}
    files = sitemap.count_files(sizes, a_file)
    asked = request.args.get("bagian")
    if asked is None and files > 1:
        return _xml(sitemap.file_index(files, base))
    number = parse_page(asked)
    if number > files:
        raise NotFound
    parts = sitemap.parts_of(number, sizes, a_file)
    return _xml(sitemap.page_set((entry for part in parts for entry in _entries(part)), base))


def _entries(part: Part) -> Iterator[Entry]:
    end = part.offset + part.limit
    if part.kind == "tetap":
        return (Entry(path) for path in FIXED[part.offset : end])
    if part.kind == "daerah":
        places = list(gazetteer().by_code.values())[part.offset : end]
        return (Entry(f"/daerah/{place.path}") for place in places)
    rows = list_addresses(part.kind, limit=part.limit, offset=part.offset)
    path = "/peluang/{}/tanya-jawab" if part.kind == ANSWERS else f"/{part.kind}/{{}}"
    return (Entry(path.format(row.slug), row.changed_at) for row in rows)


@machines.get("/robots.txt")
def robots() -> Response:
    closed = [f"Disallow: {prefix}{path}" for prefix in ("", "/en") for path in NOT_CRAWLED]
    lines = ["User-agent: *", *closed, "", f"Sitemap: {current_app.config['BASE_URL']}/sitemap.xml"]
    return _text(lines)


@machines.get("/.well-known/security.txt")
def security_txt() -> Response:
    base = current_app.config["BASE_URL"]
    expires = (clock.now() + SECURITY_TXT_LASTS).replace(microsecond=0)
    return _text(
        [
            f"Contact: mailto:{current_app.config['CONTACT_EMAIL']}",
            f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
            "Preferred-Languages: id, en",
            f"Canonical: {base}/.well-known/security.txt",
            f"Policy: {base}/tentang#keamanan",
        ]
    )


@machines.get("/favicon.ico")
def favicon() -> AnyResponse:
    asset = cast(Callable[[str], str], current_app.jinja_env.globals["asset"])
    return redirect(asset("pages/favicon.ico"))


def _xml(text: str) -> Response:
    return Response(text, mimetype="application/xml", headers={"Cache-Control": "public, max-age=3600"})


def _text(lines: list[str]) -> Response:
    return Response(
        "\n".join(lines) + "\n", mimetype="text/plain", headers={"Cache-Control": "public, max-age=3600"}
    )
