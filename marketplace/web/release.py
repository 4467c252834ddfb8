"""Which code answers: part of the ETag of every cacheable page."""

import hashlib
from functools import cache

from marketplace.config import ROOT

_MADE_OF = (("marketplace", "*.py"), ("marketplace", "*.po"), ("templates", "*.html"), ("static", "*.*"))


@cache
def code_version() -> str:
    """The same in every process of one release; read once a process."""
    digest = hashlib.sha256()
    for folder, pattern in _MADE_OF:
        for path in sorted((ROOT / folder).rglob(pattern)):
            digest.update(path.relative_to(ROOT).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
