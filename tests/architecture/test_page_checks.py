"""The checks that every fetched page runs through can fail; and a few pages pass them."""

import pytest

from tests.support.pages import check_page

SOUND = """<!DOCTYPE html>
<html lang="id"><head><meta charset="utf-8"><title>Judul</title></head>
<body><h1>Judul</h1>
<form><label for="nama">Nama</label><input id="nama" name="nama" aria-describedby="hint"><p id="hint">Nama usaha</p></form>
</body></html>"""


def test_a_sound_page_passes() -> None:
    check_page(SOUND.encode(), "id")


@pytest.mark.parametrize(
    "part, instead, named",
    [
        ("</h1>", "", "HTML"),
        ('lang="id"', 'lang="en"', "lang is en"),
        ('<html lang="id">', "<html>", "lang is None"),
        ("<h1>Judul</h1>", "<p>Judul</p>", "0 h1"),
        ("<h1>Judul</h1>", "<h1>Judul</h1><h1>Lagi</h1>", "2 h1"),
        ("<title>Judul</title>", "<title> </title>", "no title"),
        ("<h1>", '<h1 id="hint">', "ids used twice"),
        ('for="nama"', 'for="umur"', "labels of nothing"),
        ('<label for="nama">Nama</label>', "", "field without a label: nama"),
        ('aria-describedby="hint"', 'aria-describedby="hint lain"', "aria refers to nothing"),
        ("<h1>", "<script>x()</script><h1>", "inline script or style"),
        ("<h1>", '<h1 style="color:red">', "inline script or style"),
        ("<h1>", '<h1 onclick="x()">', "inline script or style"),
        ("<title>", "<style>p{}</style><title>", "inline script or style"),
        ("Nama usaha", "%(count)s usaha", "leftover"),
        ("Nama usaha", "{{ nama }}", "leftover"),
        ("Nama usaha", "Traceback", "leftover"),
        ("Nama usaha", "&lt;function at object at 0x7f&gt;", "leftover"),
    ],
)
def test_a_page_that_is_not_sound_fails(part: str, instead: str, named: str) -> None:
    assert part in SOUND
    with pytest.raises(AssertionError, match=named):
        check_page(SOUND.replace(part, instead, 1).encode(), "id")


def test_health_needs_no_database(client):
    assert client.get("/healthz").data == b"ok\n"


def test_ready_says_so(client):
    assert client.get("/readyz").status_code == 200


def test_unknown_page_is_a_page_in_both_languages(client):
    assert client.get("/tidak-ada").status_code == 404
    assert client.get("/en/tidak-ada").status_code == 404
    assert client.get("/api/tidak-ada").status_code == 404
