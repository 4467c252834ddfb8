"""What a Pemda does with the support of its listing: handles a comment, shows its drafts to its province."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from marketplace.core import clock
from marketplace.opportunities.support import commenting, passing_on
from marketplace.opportunities.views.authoring import own_version
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.forms import ButtonForm

answers = Blueprint("answers", __name__)


@answers.post("/komentar/<int:comment_id>/tangani")
@signed_in
def handle(opportunity_id: int, comment_id: int) -> AnyResponse:
    """Marks a comment on the newest version as handled."""
    version = own_version(opportunity_id)
    if ButtonForm().validate_on_submit():
        commenting.handle(version, comment_id=comment_id, actor=current_actor(), now=clock.now())
        flash(_("Komentar ditandai sudah ditangani. Yang menulisnya melihatnya."))
    return redirect(url_for("workspace.show", opportunity_id=opportunity_id) + "#komentar")


@answers.post("/bagikan")
@signed_in
def share(opportunity_id: int) -> AnyResponse:
    """Shows the drafts to the province."""
    told = _("Draf peluang ini sekarang dapat dibaca provinsi Anda.")
    return _press(opportunity_id, passing_on.share, told)


@answers.post("/bagikan/batal")
@signed_in
def stop_sharing(opportunity_id: int) -> AnyResponse:
    """Hides them again."""
    told = _("Draf peluang ini tidak lagi terbuka bagi provinsi.")
    return _press(opportunity_id, passing_on.stop_sharing, told)


def _press(opportunity_id: int, action: Callable[..., None], told: str) -> AnyResponse:
    version = own_version(opportunity_id)
    if ButtonForm().validate_on_submit():
        action(version, actor=current_actor(), now=clock.now())
        flash(told)
    return redirect(url_for("workspace.show", opportunity_id=opportunity_id))
