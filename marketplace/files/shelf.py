"""Finished files that can be made again: a folder of a bounded number, the longest unread leave first."""

import os
import tempfile
from pathlib import Path


class Shelf:
    """Of one machine, for all its processes; a key is a plain file name."""

    def __init__(self, folder: Path, most: int) -> None:
        self._folder = folder
        self._most = most

    def get(self, key: str) -> bytes | None:
        """The file, or None; reading it keeps it longer."""
        path = self._folder / key
        try:
            content = path.read_bytes()
            os.utime(path)
        except FileNotFoundError:
            return None
        return content

    def put(self, key: str, content: bytes) -> None:
        """Puts the file there in one step: nobody reads half of it, and of two that put the same the last stays."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._folder, prefix=".")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(self._folder / key)
        self._make_room()

    def _make_room(self) -> None:
        # Half-written files of a process that died are among them.
        read_at = {}
        for entry in os.scandir(self._folder):
            try:
                read_at[entry.path] = entry.stat().st_mtime_ns
            except FileNotFoundError:
                continue
        for path in sorted(read_at, key=read_at.__getitem__)[: max(0, len(read_at) - self._most)]:
            Path(path).unlink(missing_ok=True)
