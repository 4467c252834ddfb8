"""A program of its own: draws the first pages of a file that a stranger made, with little memory and time.

`python drawing.py IN FOLDER PAGES` writes FOLDER/1.webp and so on, and says how many pages there are in all. It is started by
`files.previewing` and imports nothing of the product, so that whatever a file does to it ends with it.
"""

import resource
import sys
import warnings
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

LIMITS = {
    resource.RLIMIT_AS: 1024 * 1024 * 1024,
    resource.RLIMIT_CPU: 20,
    resource.RLIMIT_FSIZE: 8 * 1024 * 1024,
    resource.RLIMIT_CORE: 0,
}
# What a decoded image may have before it is made small: 10,000 × 8,000.
PIXELS = 80_000_000
# The longest side of what is drawn.
SIDE = 1600
QUALITY = 80


def draw(source: Path, folder: Path, pages: int) -> int:
    """Draws the first `pages` pages; how many the file has."""
    with source.open("rb") as file:
        is_pdf = file.read(5) == b"%PDF-"
    if is_pdf:
        return _draw_pdf(source, folder, pages)
    return _draw_image(source, folder)


def _draw_pdf(source: Path, folder: Path, pages: int) -> int:
    with pypdfium2.PdfDocument(source) as document:
        for number, image in enumerate(_pages(document, pages), 1):
            _save(image, folder, number)
        return len(document)


def _pages(document: pypdfium2.PdfDocument, pages: int) -> Iterator[Image.Image]:
    for index in range(min(pages, len(document))):
        page = document[index]
        longest = max(page.get_size())
        # A page of a single point or of a kilometre is drawn as large as any other.
        yield page.render(scale=SIDE / max(longest, 1)).to_pil()


def _draw_image(source: Path, folder: Path) -> int:
    with Image.open(source, formats=("PNG", "JPEG", "WEBP")) as image:
        image.draft("RGB", (SIDE, SIDE))
        _save(ImageOps.exif_transpose(image), folder, 1)
    return 1


def _save(image: Image.Image, folder: Path, number: int) -> None:
    """On white, without anything that the file said about itself."""
    image.thumbnail((SIDE, SIDE))
    seen = image.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen)
    paper.save(folder / f"{number}.webp", quality=QUALITY)


def main(source: str, folder: str, pages: str) -> None:
    for kind, most in LIMITS.items():
        # macOS knows no limit of the address space.
        with suppress(ValueError):
            resource.setrlimit(kind, (most, most))
    Image.MAX_IMAGE_PIXELS = PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    sys.stdout.write(str(draw(Path(source), Path(folder), int(pages))))


if __name__ == "__main__":
    main(*sys.argv[1:])
