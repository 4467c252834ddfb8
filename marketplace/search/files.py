"""Small files beside an index."""

import secrets
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Replaces the file in one step: nobody reads half of it."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    fresh.write_text(text)
    fresh.replace(path)
