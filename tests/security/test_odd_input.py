"""Rows 5, 12, 31: nothing that a client sends gives a 500, in any place of an address or field of a form."""

import itertools
import re
from urllib.parse import quote

import pytest
from lxml import html as lxml_html

from tests.security.addresses import addresses, filled, query_names, rules_for
from tests.security.conftest import send
from tests.security.test_form_tokens import WITHOUT
from tests.support.clients import TOKEN

ODD = [
    "'",
    "''",
    '"',
    "' OR '1'='1",
    "1; DROP TABLE users; --",
    "1 union select password from users",
    "%",
    "%27",
    "%s",
    "%(id)s",
    "{0}",
    "{{7*7}}",
    "$(id)",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "../../../../etc/passwd",
    "..\\..\\windows",
    "\u0000",
    "a\u0000b",
    "\u202etxt.exe",
    "\u200b",
    "\ufeff",
    "\u2028",
    "\r\nSet-Cookie: a=1",
    "😀" * 40,
    "ไทย",
    "²",
    "١٢",
    "-1",
    "0",
    "1e9",
    "1.5",
    "NaN",
    "9" * 19,
    "9" * 40,
    "a" * 10_000,
    "9" * 5_000,
    "(" * 200,
    '"' * 99,
    "AND OR NOT",
    "q:*",
    "title_id:[a TO z]",
    "\\",
    "~^*",
    " ",
    "",
    "null",
    "[]",
    "true",
]
# As they come over the wire: broken UTF-8, half a surrogate pair, half an escape.
RAW = ["%ED%A0%80", "%FF%FE", "%C0%AF", "%", "%zz", "%00", "a=b=c", "&&&", "=", "%F0%9F%98", "+", ";a=1"]
PERSONAS = (None, "moderator", "pemda_owner", "investor")
ALL = pytest.mark.sweep


TURNS = itertools.count(7, 11)


def some(values, number=5):
    """A few of them, others each time: over many addresses all come by; the sweep takes all everywhere."""
    start = next(TURNS)
    return [values[(start + step) % len(values)] for step in range(number)]


def whole(values):
    return values


AMOUNTS = [pytest.param(some, id="some"), pytest.param(whole, id="all", marks=ALL)]


@pytest.fixture
def browser_of(client, client_as):
    return lambda persona: client_as(persona) if persona else client


def failures(browser, method, path, **options):
    """A line where the answer is a 500 or tells what is inside."""
    answer = send(browser, method, path, **options)
    told = answer.get_data() if not answer.content_encoding else b""
    inside = re.search(rb"Traceback|sqlalchemy|psycopg|SELECT |/site-packages/|\.py\b", told)
    return [f"{answer.status_code} {path[:120]}"] if answer.status_code >= 500 or inside else []


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("take", AMOUNTS)
def test_odd_places_in_addresses(app, world, browser_of, persona, take):
    browser, found = browser_of(persona), []
    for rule in rules_for(app, "GET"):
        names = sorted(rule.arguments)
        for odd in take([quote(value, safe="") for value in ODD] + RAW):
            found += failures(browser, "GET", filled(rule, dict.fromkeys(names, odd))) if names else []
    assert found == []


@pytest.mark.parametrize("persona", PERSONAS)
def test_odd_ids_in_what_is_sent(app, world, browser_of, persona):
    browser, found = browser_of(persona), []
    token = TOKEN.search(browser.get("/masuk" if persona is None else "/dasbor/akun").text).group(1)
    for rule in rules_for(app, "POST"):
        names = sorted(rule.arguments)
        for odd in ("0", "9" * 19, "9" * 40, "-1", "%00", "'", "%F0%9F%98"):
            path = filled(rule, dict.fromkeys(names, odd))
            found += failures(browser, "POST", path, data={"csrf_token": token}) if names else []
    assert found == []


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("take", AMOUNTS)
def test_odd_values_of_every_parameter(app, world, browser_of, persona, take):
    browser, names, found = browser_of(persona), query_names(), []
    for path in addresses(app, "GET", world):
        for odd in take(ODD):
            found += failures(browser, "GET", path, query_string=dict.fromkeys(names, odd))
    assert found == []


def test_odd_values_one_at_a_time(app, world, client):
    """Of several, the first bad one may hide the others."""
    found, turns = [], itertools.cycle(ODD)
    for path in addresses(app, "GET", world):
        for name in query_names() if send(client, "GET", path).status_code == 200 else ():
            found += failures(client, "GET", path, query_string={name: [next(turns), next(turns)]})
    assert found == []


def test_raw_queries(app, world, client):
    found = []
    for path in addresses(app, "GET", world):
        for raw in some(RAW, 4):
            found += failures(client, "GET", f"{path}?q={raw}&halaman={raw}&{raw}")
    assert found == []


def test_many_values_of_one_parameter(app, world, client):
    found = []
    for path in addresses(app, "GET", world):
        query = [(name, str(number)) for number in range(30) for name in query_names()]
        found += failures(client, "GET", path, query_string=query)
    assert found == []


HEADERS = {
    "Accept-Language": [";;;q=x", "id;q=9" * 200, "\u00e9"],
    "Accept": ["application/json", "*/*;q=x", "text/html;level=", "application/xml"],
    "Accept-Encoding": ["gzip;q=x,,,", "br;q=-1", "*"],
    "If-None-Match": ['W/"', "*", '"' * 50, "W/" * 50],
    "If-Modified-Since": ["gestern", "Thu, 99 Foo 2026 99:99:99 GMT"],
    "Range": ["bytes=0-0,-1", "bytes=-", "x=1", "bytes=9999999999999-"],
    "Referer": ["http://[", "//", "x" * 4000, "http://localhost:99999/x"],
    "Host": ["[", "localhost:99999", "a b", "..", "x" * 300, "localhost:"],
    "X-Forwarded-For": ["'", ",,,", "x" * 1000],
    "Authorization": ["Basic !!!", "Bearer", "Digest x"],
    "Content-Type": ["x", ";", "multipart/form-data", "text/html; charset=klingon"],
    "X-Requested-With": ["XMLHttpRequest"],
    "HX-Request": ["true", "'"],
    "User-Agent": ["", "x" * 5000, "\u00e9"],
    "Cookie": ["sesi=" + "x" * 4000, ";;;=", "sesi=.eJw.; sesi=x"],
}


def test_odd_headers(world, client, client_as):
    found = []
    paths = (
        "/peluang",
        "/masuk",
        "/dasbor/akun",
        f"/peluang/{world['listing']}",
        "/tidak-ada",
        "/static/x.css",
    )
    for browser in (client, client_as("investor")):
        for path, (name, values) in itertools.product(paths, HEADERS.items()):
            for value in values:
                found += [
                    f"{name}: {value[:30]} {line}"
                    for line in failures(browser, "GET", path, headers={name: value})
                ]
    assert found == []


BODIES = [
    ("application/x-www-form-urlencoded", b"\xff\xfe=\xff&%00=%00&=&&a"),
    ("application/x-www-form-urlencoded", b"a=1&" * 5000),
    ("application/x-www-form-urlencoded", b"csrf_token=" + b"a" * 200_000),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=", b"--\r\n"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n\r\n--x--"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="a"; filename="\xff"\r\n\r\nz',
    ),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 3000 + b"--x--",
    ),
    ("multipart/form-data; boundary=x", b""),
]


@pytest.mark.parametrize("content_type, body", BODIES)
def test_broken_bodies(app, world, client_as, content_type, body):
    browser, found = client_as("pemda_owner"), []
    for path in addresses(app, "POST", world):
        answer = send(browser, "POST", path, data=body, content_type=content_type)
        # The end of letters is proven by its address; what is sent along is nobody's business (RFC 8058).
        fine = (200,) if path.startswith(WITHOUT) else (400, 413, 415)
        found += [f"{answer.status_code} {path}"] if answer.status_code not in fine else []
    assert found == []


def fields_of(form):
    """Name -> kind of every field that a browser would send."""
    fields = {}
    for field in form.xpath(".//input[@name] | .//select[@name] | .//textarea[@name] | .//button[@name]"):
        fields[field.get("name")] = field.get("type", field.tag) if field.tag == "input" else field.tag
    return fields


def forms_of(browser, paths):
    """Each form that is sent by POST: where to, its fields, its token; each once."""
    seen = set()
    for path in paths:
        answer = send(browser, "GET", path)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        for form in lxml_html.fromstring(answer.text).xpath(
            "//form[translate(@method, 'POST', 'post')='post']"
        ):
            target = form.get("action") or path
            fields = fields_of(form)
            if (target, tuple(fields)) in seen or target.endswith("/keluar"):
                continue
            seen.add((target, tuple(fields)))
            yield target, fields, "".join(form.xpath(".//input[@name='csrf_token']/@value"))


# So many forms at least are found: what follows is known to have something to send.
FORMS = {"pemda_owner": 7, "pemda_approver": 7, "investor": 4, "moderator": 2}


@pytest.mark.parametrize("persona", [None, "moderator", "pemda_approver", "investor", pytest.param("pemda_owner", marks=ALL),
                                     pytest.param("new_partner", marks=ALL), pytest.param("alone", marks=ALL)])  # fmt: skip
@pytest.mark.parametrize("take", AMOUNTS)
def test_odd_values_in_every_field_of_every_form(app, world, browser_of, persona, take):
    browser, found = browser_of(persona), []
    forms = list(forms_of(browser, addresses(app, "GET", world)))
    assert len(forms) >= FORMS.get(persona, 1)
    for target, fields, token in forms:
        for odd in [*take(ODD), "x" * 500, "\ud800".encode("utf-8", "surrogatepass")]:
            data = {name: odd for name, kind in fields.items() if name != "csrf_token" and kind != "file"}
            lines = failures(browser, "POST", target, data={**data, "csrf_token": token})
            found += [f"{line} with {odd[:40]!r}" for line in lines]
        # Several at once, a file where text belongs, and nothing at all.
        many = {name: ["'", "\u0000", "9" * 40] for name in fields if name != "csrf_token"}
        found += failures(browser, "POST", target, data={**many, "csrf_token": token})
        found += failures(browser, "POST", target, data={"csrf_token": token})
    assert found == []
