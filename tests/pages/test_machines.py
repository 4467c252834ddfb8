"""robots.txt, security.txt and the icon."""

from datetime import UTC, datetime, timedelta

from marketplace.config import ROOT
from marketplace.core import clock
from tests.support.clients import PageClient

PICTURES = ROOT / "static" / "pages"


def fields(text: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in text.splitlines())


def test_security_txt_expires_in_the_future(client: PageClient) -> None:
    for moment in (datetime(2026, 11, 21, 8, tzinfo=UTC), datetime(2031, 2, 28, 23, 59, tzinfo=UTC)):
        clock.use(lambda moment=moment: moment)
        answer = client.get("/.well-known/security.txt")
        expires = datetime.fromisoformat(fields(answer.text)["Expires"])
        # RFC 9116 asks for less than a year.
        assert moment + timedelta(days=30) < expires < moment + timedelta(days=366)


def test_security_txt_names_whom_to_write_to(client: PageClient) -> None:
    answer = client.get("/.well-known/security.txt")
    said = fields(answer.text)
    assert answer.mimetype == "text/plain"
    assert said["Contact"] == "mailto:laip@titiktemu.example"
    assert said["Canonical"] == "http://localhost/.well-known/security.txt"
    policy = said["Policy"].removeprefix("http://localhost")
    assert f'id="{policy.partition("#")[2]}"' in client.get(policy).text


def test_robots_names_the_map_and_shuts_no_public_page(client: PageClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert "Sitemap: http://localhost/sitemap.xml" in lines
    shut = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")]
    assert "/dasbor" in shut
    assert "/en/moderasi" in shut
    for public in ("/", "/peluang", "/daerah/71", "/mitra", "/inovasi", "/bantuan", "/en/peluang"):
        assert not any(public.startswith(path) for path in shut)


def test_icon_is_found_where_browsers_look(client: PageClient) -> None:
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/static/pages/favicon.")
    assert (PICTURES / "favicon.ico").read_bytes()[:4] == b"\x00\x00\x01\x00"


def test_picture_of_the_card_is_small_enough_to_send(client: PageClient) -> None:
    assert 'property="og:image" content="http://localhost/static/pages/og.' in client.get("/").text
    picture = (PICTURES / "og.png").read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert len(picture) < 60_000
