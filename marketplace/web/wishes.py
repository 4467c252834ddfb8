"""What a visitor pressed before signing in: held in the signed cookie, and done by the sign-in itself, which is a POST.

An address alone does nothing: it takes a press on a page of ours, and the sign-in that leads back to it; its page says
what will be done. Who has several such pages open gets what the one says that is used; the others lead to their button.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import parse_qs

from flask import current_app, flash, request, session
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from marketplace.core.refusal import NotFound, Refusal
from marketplace.extensions import db
from marketplace.web.access import View, signed_in
from marketplace.web.actors import current_actor, read_anew
from marketplace.web.errors import sentence
from marketplace.web.requests import referring_address

_HELD = "wish"
_FULFIL = "fulfil"
# A cookie takes four kilobytes in all; what is longer, or older than the latest few, is pressed once more after
# signing in.
_LONGEST, _MOST = 1500, 3


@dataclass(frozen=True, slots=True)
class Promise:
    """What a view does for who has just signed in, and the sentence that says so before."""

    fulfil: "Callable[[Wish], str]"
    said: Any


@dataclass(frozen=True, slots=True)
class Wish:
    """A press that waits for the sign-in: the view's values, the query, and the page that it was made on."""

    promise: Promise
    values: dict[str, Any]
    arguments: MultiDict[str, str]
    back: str


def done_after_sign_in(fulfil: Callable[[Wish], str], said: Any) -> Callable[[View], View]:
    """As `signed_in`; and what a visitor pressed is done by the sign-in that follows, in its transaction.

    `fulfil` does it for the person who has just signed in, and returns where they go on; `said` tells on the sign-in
    page that it will be done.
    """

    def decorate(view: View) -> View:
        guarded = signed_in(view)

        @wraps(view)
        def holding(*args: Any, **kwargs: Any) -> Any:
            if request.method == "GET" and not current_actor().is_signed_in:
                _hold()
            return guarded(*args, **kwargs)

        setattr(holding, _FULFIL, Promise(fulfil, said))
        return holding

    return decorate


def _hold() -> None:
    """The latest press comes last; the oldest make room for it."""
    back, address = referring_address(), request.full_path.rstrip("?")
    held = [each for each in _held() if each["address"] != address]
    if back is not None and len(address) + len(back) <= _LONGEST:
        wish = {"address": address, "endpoint": request.endpoint, "values": request.view_args, "back": back}
        held.append(wish)
    while len(held) > _MOST or sum(len(each["address"]) + len(each["back"]) for each in held) > _LONGEST:
        del held[0]
    _keep(held)


def _keep(held: list[dict[str, Any]]) -> None:
    session.pop(_HELD, None)
    if held:
        session[_HELD] = held


def _held() -> list[dict[str, Any]]:
    held = session.get(_HELD)
    # A cookie may be older than this release.
    return held if isinstance(held, list) else []


def promise(wanted: str) -> Any:
    """What the sign-in that leads to `wanted` will do, as a sentence; None for nothing."""
    wish = _find(wanted)
    return wish.promise.said if wish else None


def take_wish(wanted: str) -> Wish | None:
    """What this browser holds for the sign-in that leads to `wanted`; it holds nothing from now on."""
    wish = _find(wanted)
    session.pop(_HELD, None)
    return wish


def forget_all_but_the_wish() -> None:
    """Empties the cookie between two steps of one sign-in."""
    held = _held()
    session.clear()
    _keep(held)


def fulfil(wish: Wish) -> str:
    """Does it for the person who has just signed in by this request; the page to go on with. What is refused is said."""
    read_anew()
    try:
        with db.session.begin_nested():
            return wish.promise.fulfil(wish)
    except NotFound:
        flash(_("Yang Anda pilih tadi sudah tidak ada."), "warm")
    except Refusal as refusal:
        flash(sentence(refusal), "warm")
    return wish.back


def _find(wanted: str) -> Wish | None:
    address = wanted.removeprefix(request.script_root)
    held = next((each for each in _held() if each["address"] == address), None)
    if held is None:
        return None
    promised = getattr(current_app.view_functions.get(held["endpoint"]), _FULFIL, None)
    if promised is None:
        return None
    query = parse_qs(address.partition("?")[2])
    return Wish(promised, held["values"], MultiDict(query), held["back"])
