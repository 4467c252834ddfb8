"""The two answers of a letter's link that ends such letters, RFC 8058: a GET asks, a POST ends them without a sign-in."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from flask import Blueprint, render_template

from marketplace.core import clock
from marketplace.extensions import csrf


class Lettered(Protocol):
    """What a link is about."""

    @property
    def mailing(self) -> bool:
        """Whether letters of it still go out."""


def end_letters_by_link(
    blueprint: Blueprint,
    template: str,
    *,
    find: Callable[[str], Lettered | None],
    stop: Callable[[str, datetime], Any],
) -> None:
    """Gives the blueprint `ask` and `stop`; the template extends layouts/stop_letters.html and is given what `find` finds
    by the token (410 where that is nothing)."""

    def answer(token: str) -> tuple[str, int]:
        lettered = find(token)
        return render_template(template, lettered=lettered), 200 if lettered else 410

    @blueprint.get("/<token>", endpoint="ask")
    def ask_about_letters(token: str) -> tuple[str, int]:
        return answer(token)

    # Mail programs press it: they have no session and no form of ours. The token in the address is the proof.
    @blueprint.post("/<token>", endpoint="stop")
    @csrf.exempt
    def stop_letters(token: str) -> tuple[str, int]:
        """A page, never a redirect: mail programs do not follow one after a POST."""
        stop(token, clock.now())
        return answer(token)
