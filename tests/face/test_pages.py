import pytest

from marketplace.config import ROOT
from marketplace.pages.gaya import sample_context
from tests.face.conftest import READER
from tests.support.pages import check_page

ERRORS = sorted(path.stem for path in (ROOT / "templates" / "errors").glob("*.html"))


@pytest.mark.parametrize("viewer", [None, READER], ids=["visitor", "signed-in"])
def test_the_page_of_components_is_sound(draw, face, viewer):
    with face.test_request_context("/gaya"):
        context = sample_context()
    check_page(draw("gaya/index.html", viewer=viewer, **context), "id")


@pytest.mark.parametrize("viewer", [None, READER], ids=["visitor", "signed-in"])
@pytest.mark.parametrize("code", ERRORS)
def test_every_error_page_is_sound(draw, code, viewer):
    page = draw(f"errors/{code}.html", status=405, text=None, viewer=viewer)
    check_page(page, "id")
    assert b'content="noindex"' in page


def test_an_error_page_tells_the_sentence_that_it_was_given_and_escapes_it(draw):
    page = draw(
        "errors/409.html", status=409, text="Sudah diputuskan <b>Maya</b>, 09.14 WIB.", back_url="/moderasi/7"
    )
    assert b"Sudah diputuskan &lt;b&gt;Maya" in page
    assert b'href="/moderasi/7"' in page


@pytest.mark.parametrize("code", ["500", "503"])
def test_the_pages_of_a_broken_site_never_ask_who_reads(draw, code):
    class Unreachable:
        def __getattr__(self, name: str) -> None:
            raise ConnectionError(name)

        def __bool__(self) -> bool:
            raise ConnectionError("viewer")

    check_page(draw(f"errors/{code}.html", status=int(code), text=None, viewer=Unreachable()), "id")


def test_the_other_language_is_one_link_away(draw):
    assert (
        b'<a class="tt-lang tt-wide-only" id="bahasa" href="/en/x" hreflang="en" lang="en">English</a>'
        in draw("errors/404.html", text=None)
    )
    english = draw("errors/404.html", text=None, lang="en", other_lang_url="/x")
    assert b'hreflang="id" lang="id">Bahasa Indonesia</a>' in english
