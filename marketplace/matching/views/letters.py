"""The link of a letter that ends such letters, and the choice on one's own page."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from marketplace.core import clock
from marketplace.matching.letters import links as letter_links
from marketplace.matching.letters import owing as letters
from marketplace.matching.views.blueprint import suggestion_letters, suggestions
from marketplace.matching.views.own import own_partner
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.forms import ButtonForm
from marketplace.web.stopping import end_letters_by_link

end_letters_by_link(
    suggestion_letters,
    "matching/unsubscribe.html",
    find=letter_links.find_by_token,
    stop=lambda token, now: letter_links.unsubscribe(token, now=now),
)


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
