"""Static files with the hash of their content in their name: bundled, compressed once, served by WhiteNoise."""

import gzip
import hashlib
import os
import posixpath
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from wsgiref.types import WSGIApplication

import brotli
from flask import Flask
from whitenoise import WhiteNoise

from marketplace.config import ROOT
from marketplace.web.headers import static_headers
from marketplace.web.wrapping import wrap

AddHeaders = Callable[[Any, str, str], None]

STATIC = ROOT / "static"
PREFIX = "/static/"
COMPRESSED = {".css", ".js", ".svg", ".json", ".txt"}
YEAR = 365 * 24 * 60 * 60

IMPORT = re.compile(r'@import "([^"]+)"(?: layer\(([\w-]+)\))?;')
URL = re.compile(r"""url\((["']?)(?!data:|#)([^"')]+)\1\)""")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class ForeverWhiteNoise(WhiteNoise):
    """WhiteNoise whose every file may be kept for a year: a changed file has another name."""

    FOREVER = YEAR

    def immutable_file_test(self, path: str, url: str) -> bool:
        return True


def init_assets(app: Flask) -> None:
    """Serves /static before Flask and gives templates `asset('base/site.css')`."""
    kept = Path(app.config["INSTANCE_DIR"]) / "assets"
    names = build(STATIC, kept)
    headers = static_headers(behind_proxy=app.config.get("PROXY_HOPS", 0) > 0)
    wrap(app, lambda application: server(application, kept, names, headers))
    app.jinja_env.globals["asset"] = asset_from(names)


def server(
    application: WSGIApplication, kept: Path, names: dict[str, str], headers: AddHeaders
) -> ForeverWhiteNoise:
    """The application with the named files before it; anything else under /static is left to it."""
    files = ForeverWhiteNoise(application, allow_all_origins=False, add_headers_function=headers)
    for name in names.values():
        files.add_file_to_dictionary(PREFIX + name, str(kept / name))
    return files


def asset_from(names: dict[str, str]) -> Callable[[str], str]:
    """The function that turns a path under static/ into its address; KeyError for an unknown one."""
    addresses = {name: PREFIX + hashed for name, hashed in names.items()}
    return addresses.__getitem__


def build(source: Path, kept: Path) -> dict[str, str]:
    """Path under `source` -> name with hash; each file lies in `kept` with its .gz and .br beside it."""
    kept.mkdir(parents=True, exist_ok=True)
    paths = sorted(path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file())
    plain = [path for path in paths if not path.endswith(".css")]
    names = {path: _keep(kept, path, (source / path).read_bytes()) for path in plain}
    for path in paths:
        if path.endswith(".css"):
            names[path] = _keep(kept, path, stylesheet(source, path, names).encode())
    return names


def stylesheet(source: Path, path: str, names: dict[str, str]) -> str:
    """The stylesheet with its local imports put in, comments out and url() naming hashed files."""
    folder = posixpath.dirname(path)
    text = COMMENT.sub("", (source / path).read_text())

    def imported(match: re.Match[str]) -> str:
        inner = stylesheet(source, posixpath.normpath(posixpath.join(folder, match[1])), names)
        return f"@layer {match[2]}{{{inner}}}" if match[2] else inner

    def addressed(match: re.Match[str]) -> str:
        return f"url({PREFIX}{names[posixpath.normpath(posixpath.join(folder, match[2]))]})"

    # Own addresses first: those of an imported sheet are already absolute when it is put in.
    return IMPORT.sub(imported, re.sub(r"\s*\n\s*", "\n", URL.sub(addressed, text)))


def _keep(kept: Path, path: str, content: bytes) -> str:
    """Writes the content under a name made of path and hash, unless it is there; returns that name."""
    stem, extension = posixpath.splitext(path)
    name = f"{stem}.{hashlib.sha256(content).hexdigest()[:10]}{extension}"
    target = kept / name
    if target.exists():
        return name
    if extension in COMPRESSED:
        # The plain file comes last: where it stands, its compressed forms stand too.
        _write(target.with_name(target.name + ".gz"), gzip.compress(content, 9, mtime=0))
        _write(target.with_name(target.name + ".br"), brotli.compress(content, quality=9))
    _write(target, content)
    return name


def _write(target: Path, content: bytes) -> None:
    """Puts the file there in one step, so that another process never serves half of it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(temporary).chmod(0o644)
    Path(temporary).replace(target)
