"""The link of an alert, RFC 8058: a GET shows a button and ends nothing, a POST ends the mails without a sign-in."""

from flask import Blueprint, render_template

from marketplace.core import clock
from marketplace.extensions import csrf
from marketplace.saved import unsubscribing

alert_mails = Blueprint("alert_mails", __name__)


@alert_mails.get("/<token>")
def ask(token: str) -> tuple[str, int]:
    search = unsubscribing.find_by_token(token)
    page = render_template("saved/unsubscribe.html", search=search, done=False, token=token)
    return page, 200 if search else 410


# Mail programs press it: they have no session and no form of ours. The token in the address is the proof.
@alert_mails.post("/<token>")
@csrf.exempt
def stop(token: str) -> tuple[str, int]:
    """A page, never a redirect: mail programs do not follow one after a POST."""
    search = unsubscribing.unsubscribe(token, now=clock.now())
    page = render_template("saved/unsubscribe.html", search=search, done=True, token=token)
    return page, 200 if search else 410
