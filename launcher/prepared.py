"""Remembers for which code a database was set up, so that an unchanged product starts without doing it again."""

import hashlib
from pathlib import Path

from launcher.settings import ROOT

PARTS = ("migrations", "marketplace")


def fingerprint(root: Path = ROOT) -> str:
    """A hash of every file that migrations and reference data are made from."""
    digest = hashlib.sha256()
    for part in PARTS:
        for path in sorted((root / part).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"{path.relative_to(root)}\0{path.stat().st_size}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


class Stamp:
    """The fingerprint of the last complete set-up of an instance's own database."""

    def __init__(self, instance: Path) -> None:
        self.file = instance / "run" / "prepared"

    def holds(self) -> bool:
        """Whether that set-up was of today's code."""
        return self.file.exists() and self.file.read_text() == fingerprint()

    def set(self) -> None:
        """Notes a complete set-up."""
        self.file.write_text(fingerprint())

    def clear(self) -> None:
        """Forgets it, before anything is changed."""
        self.file.unlink(missing_ok=True)
