"""The map for search engines: which public pages stand in which file, and its XML."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

FIXED = (
    "/", "/peluang", "/peluang/peta", "/daerah", "/mitra", "/inovasi", "/program",
    "/bantuan", "/bantuan/saran", "/tentang", "/privasi", "/ketentuan", "/aksesibilitas",
)  # fmt: skip
# Each page stands there twice, once a language; a file may hold 50,000 addresses.
PAGES_A_FILE = 20_000

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SET = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
_INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of one kind of page."""

    kind: str
    offset: int
    limit: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: its path without a language, and when it last changed."""

    path: str
    changed_at: datetime | None = None


def count_files(sizes: Mapping[str, int], a_file: int) -> int:
    """How many files hold all pages; at least one."""
    return max(1, -(-sum(sizes.values()) // a_file))


def parts_of(number: int, sizes: Mapping[str, int], a_file: int) -> list[Part]:
    """What stands in that file (from 1); kinds follow each other in the order of `sizes`."""
    first, last = (number - 1) * a_file, number * a_file
    parts, start = [], 0
    for kind, size in sizes.items():
        begin, end = max(first, start), min(last, start + size)
        if begin < end:
            parts.append(Part(kind, begin - start, end - begin))
        start += size
    return parts


def page_set(entries: Iterable[Entry], base: str) -> str:
    """The XML of one file; `base` is the site's address without a slash at its end."""
    return "".join((_HEAD, _SET, *(text for entry in entries for text in _urls(entry, base)), "</urlset>\n"))


def file_index(files: int, base: str) -> str:
    """The XML that names the files."""
    lines = (f"<sitemap><loc>{base}/sitemap.xml?bagian={n}</loc></sitemap>\n" for n in range(1, files + 1))
    return "".join((_HEAD, _INDEX, *lines, "</sitemapindex>\n"))


def _urls(entry: Entry, base: str) -> Iterator[str]:
    indonesian, english = escape(base + entry.path), escape(f"{base}/en{entry.path}")
    changed = f"<lastmod>{entry.changed_at:%Y-%m-%d}</lastmod>" if entry.changed_at else ""
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{address}"/>'
        for language, address in (("id", indonesian), ("en", english), ("x-default", indonesian))
    )
    for address in (indonesian, english):
        yield f"<url><loc>{address}</loc>{changed}{alternates}</url>\n"
