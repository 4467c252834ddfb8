"""The link of a letter, RFC 8058 (a GET shows a button and ends nothing), and the choice on one's own page."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from marketplace.core import clock
from marketplace.extensions import csrf
from marketplace.matching.letters import links as letter_links
from marketplace.matching.letters import owing as letters
from marketplace.matching.views.blueprint import suggestion_letters, suggestions
from marketplace.matching.views.own import own_partner
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.forms import ButtonForm


@suggestion_letters.get("/<token>")
def ask(token: str) -> tuple[str, int]:
    found = letter_links.find_by_token(token)
    return _page(found, token, done=False)


# Mail programs press it: they have no session and no form of ours. The token in the address is the proof.
@suggestion_letters.post("/<token>")
@csrf.exempt
def stop(token: str) -> tuple[str, int]:
    """A page, never a redirect: mail programs do not follow one after a POST."""
    return _page(letter_links.unsubscribe(token, now=clock.now()), token, done=True)


def _page(lettered: letter_links.Lettered | None, token: str, *, done: bool) -> tuple[str, int]:
    page = render_template("matching/unsubscribe.html", lettered=lettered, done=done, token=token)
    return page, 200 if lettered else 410


@suggestions.post("/surel/berhenti")
@signed_in
def stop_letters() -> Response:
    return _choose(wanted=False, said=_("Surel saran berhenti. Saran tetap ada di halaman ini."))


@suggestions.post("/surel/lanjut")
@signed_in
def resume_letters() -> Response:
    return _choose(wanted=True, said=_("Surel saran berjalan lagi, mulai dari yang baru sesudah ini."))


def _choose(*, wanted: bool, said: str) -> Response:
    actor = current_actor()
    place = own_partner()
    if ButtonForm().validate_on_submit():
        letters.choose(place.organisation_id, wanted=wanted, actor=actor, now=clock.now())
        flash(said)
    return redirect(url_for(".index"))
