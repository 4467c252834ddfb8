"""The exact headers, on every kind of answer."""

import pytest

EXACT = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; form-action 'self'; object-src 'none'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


@pytest.mark.parametrize(
    "path", ["/", "/masuk", "/tidak-ada", "/healthz", "/static/tidak-ada.css", "/dasbor", "/a\0b"]
)
def test_on_every_answer(client, path):
    answer = client.get(path)
    assert {name: answer.headers.get(name) for name in EXACT} == EXACT


def test_on_static_files(client, app):
    with app.test_request_context():
        address = app.jinja_env.globals["asset"]("base/site.css")
    answer = client.get(address)
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert {name: answer.headers.get(name) for name in EXACT} == EXACT


def test_public_pages_set_no_cookie_and_may_be_revalidated(client):
    answer = client.get("/")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert "Cookie" in answer.headers["Vary"]


def test_signed_in_pages_are_not_stored(client_as):
    assert client_as("investor").get("/").headers["Cache-Control"] == "private, no-store"


def test_method_not_allowed_names_the_methods(client):
    answer = client.post("/healthz")
    assert answer.status_code in (400, 405)
    assert client.raw.delete("/healthz").headers.get("Allow")
