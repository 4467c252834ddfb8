"""Hands a stored file to a browser so that it is saved and never run."""

import unicodedata
from urllib.parse import quote

from flask import Response

from marketplace.files.models import Blob
from marketplace.files.rules import clean_name, page_key
from marketplace.files.storage import file_store


def send_blob(blob: Blob) -> Response:
    """The file as an attachment under its own name; whether the reader may have it was decided before."""
    return send_bytes(blob.storage_key, name=blob.original_name, media_type=blob.media_type, size=blob.size)


def send_bytes(storage_key: str, *, name: str, media_type: str, size: int) -> Response:
    """What lies in the storage under the key, as an attachment of that name, kept by nobody."""
    response = Response(file_store().read(storage_key), mimetype=media_type)
    response.content_length = size
    response.headers["Content-Disposition"] = attachment(name)
    return _harmless(response)


def send_page(blob: Blob, number: int) -> Response:
    """The drawing of one page, to be looked at in a page of ours."""
    response = Response(file_store().read(page_key(blob.storage_key, number)), mimetype="image/webp")
    return _harmless(response)


def _harmless(response: Response) -> Response:
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def attachment(name: str) -> str:
    """Content-Disposition with a plain name for old browsers and the true one after RFC 5987."""
    clean = clean_name(name)
    plain = unicodedata.normalize("NFKD", clean).encode("ascii", "ignore").decode()
    fallback = clean_name("".join(char for char in plain if char not in '"\\%;'))
    return f"attachment; filename=\"{fallback}\"; filename*=UTF-8''{quote(clean, safe='')}"
