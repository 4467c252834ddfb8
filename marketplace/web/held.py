"""What was typed into a form whose session ended meanwhile: handed back, to be sent again after signing in."""

from urllib.parse import urlsplit

from flask import render_template, request

from marketplace.core.text import clean_text
from marketplace.web.actors import current_actor

# What a page puts into its forms by itself.
_UNTYPED = frozenset({"csrf_token", "seen", "base"})


def held_form() -> tuple[str, int] | None:
    """A page that keeps all texts of the posted form; None where nothing was typed.

    Only for forms of our own pages: what another site posts must not come back behind a button of ours.
    """
    if request.method != "POST" or not _came_from_here() or _holds_a_secret():
        return None
    fields = [
        (name, clean_text(value))
        for name, values in request.form.lists()
        for value in values
        if name != "csrf_token"
    ]
    if not any(value for name, value in fields if name not in _UNTYPED):
        return None
    page = render_template(
        "web/held.html",
        fields=fields,
        address=request.script_root + request.full_path.rstrip("?"),
        files=any(file.filename for _name, file in request.files.items(multi=True)),
        signed_in=current_actor().is_signed_in,
    )
    return page, 400


def _came_from_here() -> bool:
    try:
        return urlsplit(request.headers.get("Origin", "")).netloc == request.host
    except ValueError:
        return False


def _holds_a_secret() -> bool:
    return any("password" in name or name == "code" for name in request.form)
