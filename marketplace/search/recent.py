"""Which listings the latest commits of an index touched, so that readers keep what no commit concerns.

States of an index go by the name of their generation. Between two commits of one writer only merges make other states,
which hold the same listings.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from marketplace.search.files import write_whole

_FILE = "recent"
MOST = 64


class Commit(NamedTuple):
    """The states before and after a commit, and the listings that it touched."""

    before: str
    after: str
    ids: tuple[int, ...]


def note_commits(folder: Path, commits: Sequence[Commit]) -> None:
    """Writes them down for readers, oldest first. A writer that starts anew notes none: what another one did last before
    it was stopped is not known."""
    write_whole(folder / _FILE, json.dumps(commits[-MOST:]))


def list_commits(folder: Path) -> list[Commit]:
    """What was noted last; nothing where that cannot be read."""
    try:
        noted = json.loads((folder / _FILE).read_text())
    except (FileNotFoundError, ValueError):
        return []
    return [Commit(before, after, tuple(ids)) for before, after, ids in noted]


def touched_between(commits: Sequence[Commit], old: str, new: str) -> frozenset[int] | None:
    """The listings that were touched from one state to a later one; None where that is not known."""
    place: dict[str, int] = {}
    for number, commit in enumerate(commits):
        place[commit.before], place[commit.after] = number, number + 1
    if old not in place or new not in place or place[old] > place[new]:
        return None
    return frozenset(number for commit in commits[place[old] : place[new]] for number in commit.ids)
