"""axe-core on a page that is open in a browser."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text()
THEMES = ("light", "dark")
RUN = "async options => (await axe.run(document, {resultTypes: ['violations'], ...options})).violations"
# Of all rules only this one reads colours: the other theme needs no other.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}


def list_violations(page: Page, theme: str, *, rules: dict[str, Any] | None = None) -> list[str]:
    """One line a violation: rule, what is wrong, where."""
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(RUN, rules or {})
    return [f"{theme}: {each['id']}: {_where(each)}" for each in found]


def violations_in_both(page: Page) -> list[str]:
    """Every rule in the light theme, the colours once more in the dark one."""
    return [*list_violations(page, "light"), *list_violations(page, "dark", rules=COLOURS)]


def _where(violation: dict[str, Any]) -> str:
    nodes = violation["nodes"][:3]
    return "; ".join(
        f"{node['target']} {node['html'][:160]} {node['failureSummary'][:240]}" for node in nodes
    )
