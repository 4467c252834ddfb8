"""Indonesian is the source, English the catalogue; a missing or fuzzy entry is a fault."""

import io
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from marketplace.config import ROOT

ENGLISH = ROOT / "marketplace" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
METHODS = [("marketplace/**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
OPTIONS = {
    "templates/**.html": {"trimmed": "true", "silent": "false"},
    "templates/**.txt": {"trimmed": "true", "silent": "false"},
}
KEYWORDS = {"_": None, "_l": None, "_n": (1, 2), "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}


def extract() -> Catalog:
    """Every text for people that the code and the templates hold."""
    found = Catalog(locale="en", project="Titik Temu", charset="utf-8")
    for folder in ("marketplace", "templates"):
        for name, line, message, comments, context in extract_from_dir(
            ROOT / folder, _below(folder), _options(folder), KEYWORDS
        ):
            found.add(
                message, locations=[(f"{folder}/{name}", line)], auto_comments=comments, context=context
            )
    return found


def _below(folder: str) -> list[tuple[str, str]]:
    return [
        (pattern.removeprefix(f"{folder}/"), method)
        for pattern, method in METHODS
        if pattern.startswith(folder)
    ]


def _options(folder: str) -> dict[str, dict[str, str]]:
    return {pattern.removeprefix(f"{folder}/"): options for pattern, options in OPTIONS.items()}


def read_english() -> Catalog:
    """The English catalogue as it is kept."""
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def find_faults() -> list[str]:
    """A line for each text without a sound English one, and for each entry that nothing uses."""
    wanted, kept = extract(), read_english()
    faults = []
    for message in wanted:
        entry = kept.get(message.id) if message.id else None
        if message.id and (entry is None or entry.fuzzy or not _complete(entry.string)):
            faults.append(f"{message.locations[0][0]}:{message.locations[0][1]}: {message.id!r}")
    unused = [f"unused: {entry.id!r}" for entry in kept if entry.id and wanted.get(entry.id) is None]
    return sorted(faults) + sorted(unused)


def _complete(text: str | tuple[str, ...] | list[str] | None) -> bool:
    return bool(text) if isinstance(text, str) else bool(text) and all(text or ())


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue in the form that gettext reads."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def binary() -> Path:
    return ENGLISH.with_suffix(".mo")


@click.command("check-translations")
def check_translations() -> None:
    """Fail where an English text is missing, fuzzy, unused or not compiled."""
    faults = find_faults()
    if not binary().exists() or binary().read_bytes() != compiled(read_english()):
        faults.append("messages.mo is not of messages.po: run flask --app wsgi compile-translations")
    for fault in faults:
        click.echo(fault)
    if faults:
        raise SystemExit(1)
    click.echo("translations: complete")


@click.command("compile-translations")
def compile_translations() -> None:
    """Bring the English catalogue up to date with the texts, and compile it."""
    wanted, kept = extract(), read_english()
    kept.update(wanted, no_fuzzy_matching=True)
    kept.obsolete.clear()
    with ENGLISH.open("wb") as file:
        write_po(file, kept, width=110, omit_header=False, sort_output=True, include_lineno=False)
    binary().write_bytes(compiled(read_english()))
    click.echo(f"{ENGLISH.relative_to(ROOT)}: {len(kept)} texts")
