"""Every address of the product, read from the URL map: a new route is walked without being named here."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from marketplace.config import ROOT
from tests.architecture.access import ROUTES

# Where the access table has no example yet.
BY_CONVERTER = {
    "IntegerConverter": "1",
    "RegionCode": "71.72",
    "UUIDConverter": "6f1c0f9e-2f0b-4e9c-9f57-3f8a3a3a3a3a",
}
ARGUMENT = re.compile(r"""args\.(?:get|getlist)\(\s*["'](\w+)["']""")
KNOWN_ARGUMENTS = (
    "q", "dimensi", "sektor", "daerah", "skema", "tahap", "nilai", "status", "urut", "halaman", "next", "peluang", "bagian",
    "auth_token", "jenis", "kohort",
)  # fmt: skip


def rules_for(app: Flask, method: str) -> Iterator[Rule]:
    """The rules that take the method, by address."""
    found = [rule for rule in app.url_map.iter_rules() if method in (rule.methods or set())]
    return iter(sorted(found, key=lambda rule: rule.rule))


def addresses(app: Flask, method: str, world: dict[str, Any]) -> list[str]:
    """One real path or more of each rule: the access table's, else one filled in by the kind of its places."""
    tabled: dict[str, list[str]] = {}
    for route in ROUTES:
        tabled.setdefault(route.endpoint, []).append(route.path.format(**world).partition("?")[0])
    paths: list[str] = []
    for rule in rules_for(app, method):
        paths += tabled.get(rule.endpoint, [filled(rule, {})])
    return sorted(set(paths))


def filled(rule: Rule, values: dict[str, str]) -> str:
    """The rule's path with these values in its places, a plain one where none is given."""

    def place(match: re.Match[str]) -> str:
        name = match[1].rpartition(":")[2]
        kind = type(rule._converters[name]).__name__
        return values.get(name, BY_CONVERTER.get(kind, "apa-saja"))

    return re.sub(r"<([^>]+)>", place, rule.rule)


@cache
def query_names() -> list[str]:
    """Every name that some view reads from the address, found in the source."""
    sources = (ROOT / "marketplace").rglob("*.py")
    found = {name for path in sources for name in ARGUMENT.findall(path.read_text())}
    return sorted(found | set(KNOWN_ARGUMENTS))
