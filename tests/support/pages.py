"""What every page must be, checked whenever a test fetches one."""

import re

from lxml import html as lxml_html
from markupever import HtmlOptions, Parser

INLINE = re.compile(
    rb"<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)|<style[\s>]|\sstyle=|\son[a-z]+=", re.IGNORECASE
)
# Left over from a library or a template: never meant for people.
LEFTOVERS = re.compile(r"%\(\w+\)[sd]|\{\{|\}\}|\{%|LazyString|object at 0x|Traceback")


def check_page(body: bytes, language: str) -> None:
    """Raises AssertionError naming the first thing that a page must not be."""
    # The parser of Servo: it names the same faults as html5lib in a fiftieth of the time.
    parser = Parser(HtmlOptions(exact_errors=True))
    parser.process(body)
    problems = parser.finish().errors()
    assert not problems, f"HTML: {problems[:5]}"
    assert not INLINE.search(body), f"inline script or style: {INLINE.search(body)}"
    tree = lxml_html.fromstring(body)
    assert tree.get("lang") == language, f"lang is {tree.get('lang')}, not {language}"
    assert len(tree.xpath("//h1")) == 1, f"{len(tree.xpath('//h1'))} h1"
    assert (tree.findtext(".//title") or "").strip(), "no title"
    ids = tree.xpath("//@id")
    twice = {name for name in ids if ids.count(name) > 1}
    assert not twice, f"ids used twice: {twice}"
    _check_labels(tree, set(ids))
    text = " ".join(tree.xpath("//body//text()[not(ancestor::script)]"))
    assert not LEFTOVERS.search(text), f"leftover: {LEFTOVERS.search(text)}"


def _check_labels(tree: lxml_html.HtmlElement, ids: set[str]) -> None:
    labelled = set(tree.xpath("//label/@for"))
    assert labelled <= ids, f"labels of nothing: {labelled - ids}"
    for field in tree.xpath("//input[not(@type='hidden' or @type='submit')] | //select | //textarea"):
        named = (
            field.get("id") in labelled
            or field.get("aria-label")
            or field.get("aria-labelledby")
            or field.xpath("ancestor::label")
        )
        assert named, f"field without a label: {field.get('name')}"
    for reference in tree.xpath("//@aria-describedby | //@aria-labelledby | //@aria-controls"):
        missing = set(reference.split()) - ids
        assert not missing, f"aria refers to nothing: {missing}"
