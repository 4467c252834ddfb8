"""Guards that stand first in a view; the actions check again."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.web.actors import current_actor, last_proof
from marketplace.web.held import held_form
from marketplace.web.requests import referring_path

View = Callable[..., Any]

_VISITORS_PAGE = "visitors_page"

# How young a proof must be for what is sensitive; what was opened with one may be sent a while later.
FRESH = timedelta(minutes=15)
FRESH_FOR_SENDING = timedelta(hours=1)


def signed_in(view: View) -> View:
    """Sends a visitor to sign in and back here afterwards; what was typed comes back first."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not current_actor().is_signed_in:
            return held_form() or to_sign_in()
        return view(*args, **kwargs)

    return guarded


def for_visitors(page: str) -> Callable[[View], View]:
    """Marks what only a visitor sends. Who has signed in meanwhile in another tab, so that the token is of an older
    session, is shown the way to that page, which leads on who is signed in."""

    def decorate(view: View) -> View:
        setattr(view, _VISITORS_PAGE, page)
        return view

    return decorate


def visitors_page(view: View | None) -> str | None:
    """The page that the view was marked with."""
    return getattr(view, _VISITORS_PAGE, None)


def moderator_only(view: View) -> View:
    """LAIP's back office: a visitor signs in, other staff get 403, for everybody else it does not exist."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        actor = current_actor()
        if not actor.is_signed_in:
            return held_form() or to_sign_in()
        if actor.withheld_roles:
            return to_second_factor()
        _refuse_unless_moderator(actor)
        return view(*args, **kwargs)

    return guarded


def _refuse_unless_moderator(actor: Actor) -> None:
    if actor.is_moderator:
        return
    if actor.is_staff:
        raise Forbidden
    raise NotFound


def is_freshly_proved() -> bool:
    """Whether a form for what is sensitive may be opened now, or sent where this is a POST."""
    proved_at = last_proof()
    young = FRESH_FOR_SENDING if request.method == "POST" else FRESH
    return proved_at is not None and clock.now() - proved_at <= young


def freshly_proved(view: View) -> View:
    """For what is sensitive: who has not given a password, code or passkey lately does so first, and comes back."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if last_proof() is None:
            return to_sign_in()
        if not is_freshly_proved():
            return redirect(url_for("accounts.prove", next=request.script_root + _here()))
        return view(*args, **kwargs)

    return guarded


def to_second_factor() -> Response:
    """To where a second factor is set up: the role demands one, and this sign-in was made without."""
    return redirect(url_for("accounts.security_page"))


def to_sign_in() -> Response:
    """To the sign-in page; `next` leads back to this page (for a POST: to where it was pressed)."""
    return redirect(url_for("security.login", next=request.script_root + _here()))


def _here() -> str:
    return request.full_path.rstrip("?") if request.method == "GET" else _referring_path()


def _referring_path() -> str:
    return (referring_path() or "/dasbor").removeprefix(request.script_root) or "/"


def wanted_path(target: str | None) -> str | None:
    """The `next` that somebody sent, where it stays on this site."""
    return target if is_safe_target(target) else None


def is_safe_target(target: str | None) -> bool:
    """Whether a `next` stays on this site: one slash at its start, no host, no control characters."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return False
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc and target.isprintable() and "\\" not in target
