"""Rows 16, 17, 18: exact headers and cookies on every kind of answer."""

import pytest

from marketplace.web.headers import ALWAYS, HSTS
from tests.architecture.test_headers import EXACT
from tests.personas import PASSWORD, PEOPLE
from tests.security.addresses import addresses
from tests.security.conftest import send
from tests.support.clients import TOKEN, PageClient

STRICT = "max-age=31536000; includeSubDomains"
KINDS = [
    ("GET", "/bantuan", 200),
    ("HEAD", "/bantuan", 200),
    ("OPTIONS", "/bantuan", 200),
    ("GET", "/tidak-ada", 404),
    ("GET", "/en/tidak-ada", 404),
    ("GET", "/dasbor/akun", 302),
    ("GET", "/daerah/71.72", 301),
    ("GET", "/static/tidak-ada.css", 404),
    ("GET", "/static/../../etc/passwd", 404),
    ("DELETE", "/masuk", 405),
    ("POST", "/peluang", 405),
    ("POST", "/masuk", 400),
    ("GET", "/bantuan?q=%00", 400),
    ("GET", "/a%00b", 404),
    ("GET", "/healthz", 200),
    ("GET", "/readyz", 200),
    ("GET", "/robots.txt", 200),
    ("GET", "/sitemap.xml", 200),
    ("GET", "/.well-known/security.txt", 200),
    ("GET", "/en/healthz", 404),
]


@pytest.fixture
def https(proxied):
    """Requests as the proxy hands them on."""
    browser = PageClient(proxied)
    browser.raw.environ_base.update(
        {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_HOST": "titiktemu.example"}
    )
    return browser


def security_headers(answer):
    return {name: answer.headers.get(name) for name in EXACT}


def test_the_pinned_values_are_those_of_the_code():
    assert ALWAYS == EXACT
    assert HSTS == STRICT


@pytest.mark.parametrize("method, path, status", KINDS)
def test_behind_a_proxy_every_answer_has_all_headers(https, method, path, status):
    answer = send(https, method, path)
    assert answer.status_code == status
    assert security_headers(answer) == EXACT
    assert answer.headers.getlist("Strict-Transport-Security") == [STRICT]
    assert all(len(answer.headers.getlist(name)) == 1 for name in EXACT)


def test_without_a_proxy_nothing_is_said_about_https(client):
    assert "Strict-Transport-Security" not in client.get("/").headers


def test_files_behind_a_proxy_too(https, proxied):
    address = proxied.jinja_env.globals["asset"]("base/site.css")
    answer = send(https, "GET", address)
    assert answer.status_code == 200
    assert security_headers(answer) == EXACT
    assert answer.headers["Strict-Transport-Security"] == STRICT


def test_too_large_a_body(client):
    answer = send(
        client,
        "POST",
        "/masuk",
        data={"csrf_token": "x"},
        environ_overrides={"CONTENT_LENGTH": str(100 * 1024**2)},
    )
    assert answer.status_code == 413
    assert security_headers(answer) == EXACT
    assert "Kiriman ini terlalu besar" in answer.text


def test_a_failure_of_ours(app, client, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("SELECT secret FROM /srv/app")

    monkeypatch.setitem(app.view_functions, "pages.about", broken)
    answer = client.get("/tentang")
    assert answer.status_code == 500
    assert security_headers(answer) == EXACT
    assert answer.headers["Cache-Control"] == "no-store"


def test_methods_not_allowed_are_named(client):
    answer = send(client, "DELETE", "/masuk")
    assert {"GET", "POST"} <= set(answer.headers["Allow"].replace(" ", "").split(","))


def test_every_page_of_a_person_is_kept_by_nobody(app, world, client_as):
    """Authoring pages may be kept by the browser for Back; nothing by anybody between."""
    kept = {}
    for persona in ("moderator", "pemda_approver", "investor"):
        browser = client_as(persona)
        for path in addresses(app, "GET", world):
            answer = send(browser, "GET", path)
            if answer.mimetype == "text/html" and answer.headers["Cache-Control"] not in (
                "private, no-store", "private, no-cache", "no-store",
            ):  # fmt: skip
                kept[f"{persona} {path}"] = answer.headers["Cache-Control"]
    assert kept == {}


# What opens a form for visitors (/gaya, in development only, shows forms); everything else is read without a cookie.
WITH_A_FORM = ("/masuk", "/daftar", "/lupa-kata-sandi", "/keluar", "/gaya")


def test_no_public_page_sets_a_cookie(app, world):
    setting = {}
    for path in addresses(app, "GET", world):
        answer = send(PageClient(app), "GET", path)
        if answer.status_code == 200 and path not in WITH_A_FORM and answer.headers.getlist("Set-Cookie"):
            setting[path] = answer.headers.getlist("Set-Cookie")
    assert setting == {}


def test_every_public_page_varies_on_the_cookie(app, world, client):
    pages = [send(client, "GET", path) for path in addresses(app, "GET", world)]
    assert [
        page.request.path for page in pages if page.mimetype == "text/html" and "Cookie" not in page.vary
    ] == []


def test_cookies_are_bound_to_host_and_https(https):
    cookies = sign_in(https).headers.getlist("Set-Cookie")
    assert {cookie.partition("=")[0] for cookie in cookies} == {"__Host-sesi", "__Host-perangkat"}
    for cookie in cookies:
        parts = [part.strip() for part in cookie.split(";")]
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(parts)
        assert not any(part.startswith("Domain") for part in parts)


def test_in_english_the_cookie_is_the_same_one(https):
    cookies = sign_in(https, "/en/masuk").headers.getlist("Set-Cookie")
    assert {"Path=/;" in f"{cookie};" for cookie in cookies} == {True}


def sign_in(browser, path="/masuk"):
    page = send(browser, "GET", path, base_url="https://titiktemu.example")
    token = TOKEN.search(page.text).group(1)
    answer = send(
        browser, "POST", path, base_url="https://titiktemu.example", headers={"Referer": f"https://titiktemu.example{path}"},
        data={"csrf_token": token, "email": PEOPLE["investor"].email, "password": PASSWORD},
    )  # fmt: skip
    assert answer.status_code == 302, answer.text
    return answer
