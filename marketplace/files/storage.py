"""Where the bytes lie: a local folder, an object store, or memory in tests; one object an application."""

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from flask import Flask, current_app
from obstore.exceptions import BaseError
from obstore.store import LocalStore, MemoryStore, ObjectStore, from_url

from marketplace.files.refusals import StorageUnavailable

_KEY = "titiktemu_files"
_CHUNK = 256 * 1024
_KEYS_AT_ONCE = 1000


class FileStore:
    """Puts, reads, deletes and lists bytes by key; any failure of the storage is one named refusal."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.folder = folder

    @cached_property
    def _store(self) -> ObjectStore:
        # Opened at first use, hence after the web server has forked.
        if self.url.startswith("memory:"):
            return MemoryStore()
        if self.url and not self.url.startswith("file:"):
            return from_url(
                self.url,
                # Unencrypted only where AWS_ENDPOINT_URL itself begins with http://: a store within the same house.
                client_options={"connect_timeout": "3s", "timeout": "20s", "allow_http": True},
                retry_config={"max_retries": 2},
            )
        folder = Path(self.url.removeprefix("file://")) if self.url else self.folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return LocalStore(folder)

    def put(self, key: str, stream: BinaryIO) -> None:
        """Stores the whole stream under the key, atomically."""
        try:
            self._store.put(key, stream)
        except (BaseError, OSError) as error:
            raise StorageUnavailable from error

    def read(self, key: str) -> Iterator[bytes]:
        """The bytes in pieces; a missing key is refused before the first piece."""
        try:
            found = self._store.get(key)
        except (BaseError, OSError) as error:
            raise StorageUnavailable from error
        return (bytes(piece) for piece in found.stream(min_chunk_size=_CHUNK))

    def delete(self, key: str) -> None:
        """Removes the bytes; content with a key that is gone already."""
        try:
            self._store.delete(key)
        except FileNotFoundError:
            return
        except (BaseError, OSError) as error:
            raise StorageUnavailable from error

    def keys_before(self, moment: datetime) -> Iterator[list[str]]:
        """The keys of all that was put there before the moment, many at a time."""
        try:
            for found in self._store.list(chunk_size=_KEYS_AT_ONCE):
                yield [entry["path"] for entry in found if entry["last_modified"] < moment]
        except (BaseError, OSError) as error:
            raise StorageUnavailable from error


def init_files(app: Flask) -> None:
    """Gives the application its storage: STORAGE_URL, or the folder `files` under INSTANCE_DIR."""
    app.extensions[_KEY] = FileStore(app.config["STORAGE_URL"], Path(app.config["INSTANCE_DIR"]) / "files")


def file_store() -> FileStore:
    """The storage of the current application."""
    store: FileStore = current_app.extensions[_KEY]
    return store
