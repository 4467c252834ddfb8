"""Small documents for the demonstration, drawn here: a PDF of a few pages and a picture."""

import io

from PIL import Image, ImageDraw, ImageFont

_PAGE = (595, 842)
_INK, _PAPER, _LINE, _WATER = "#1f2937", "#ffffff", "#cbd5e1", "#bfdbfe"


def a_study(title: str, pages: dict[str, list[str]]) -> io.BytesIO:
    """A PDF with a page for each heading and its lines."""
    drawn = [_page(title, heading, lines) for heading, lines in pages.items()]
    file = io.BytesIO()
    drawn[0].save(file, "PDF", save_all=True, append_images=drawn[1:], resolution=72)
    file.seek(0)
    return file


def _page(title: str, heading: str, lines: list[str]) -> Image.Image:
    page = Image.new("RGB", _PAGE, _PAPER)
    pen = ImageDraw.Draw(page)
    pen.text((56, 56), title, _INK, ImageFont.load_default(13))
    pen.line((56, 82, 539, 82), _LINE, 1)
    pen.text((56, 108), heading, _INK, ImageFont.load_default(22))
    for number, line in enumerate(lines):
        pen.text((56, 156 + 26 * number), line, _INK, ImageFont.load_default(13))
    return page


def a_map(title: str) -> io.BytesIO:
    """A PNG: a sketch of a coast with a pipe and three tanks."""
    picture = Image.new("RGB", (960, 600), _PAPER)
    pen = ImageDraw.Draw(picture)
    pen.polygon([(0, 420), (260, 380), (520, 440), (960, 360), (960, 600), (0, 600)], _WATER)
    pen.line([(120, 120), (360, 220), (560, 200), (820, 300)], _INK, 5)
    for number, (x, y) in enumerate(((120, 120), (360, 220), (820, 300)), 1):
        pen.ellipse((x - 16, y - 16, x + 16, y + 16), _PAPER, _INK, 4)
        pen.text((x + 24, y - 26), f"Reservoir {number}", _INK, ImageFont.load_default(20))
    pen.text((24, 24), title, _INK, ImageFont.load_default(26))
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    file.seek(0)
    return file
