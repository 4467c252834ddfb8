"""Who stands in for an approver, and until when."""

from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from marketplace.core import clock
from marketplace.core.dates import local_day
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.organisations import member_queries, policy, stand_in_queries, stand_ins
from marketplace.organisations.member_forms import StandInForm
from marketplace.organisations.member_rules import APPROVERS
from marketplace.organisations.models import Organisation
from marketplace.organisations.stand_in_rules import DAYS_AT_MOST
from marketplace.organisations.views.blueprint import ONE, organisations
from marketplace.organisations.views.page import load_visible
from marketplace.web.access import freshly_proved, signed_in
from marketplace.web.actors import current_actor
from marketplace.web.forms import ButtonForm, attempt

STAND_INS = f"{ONE}/pengganti"
# A select of more could not be read; the newest members of a larger office stand in for nobody.
OFFERED = 200


@organisations.get(STAND_INS)
@signed_in
def list_stand_ins(organisation_id: int) -> str:
    organisation = _load(organisation_id)
    actor = current_actor()
    today = local_day(clock.now(), stand_ins.zone_of(organisation))
    return render_template(
        "organisations/stand_ins.html", organisation=organisation, today=today,
        lines=stand_in_queries.list_stand_ins(organisation_id, today),
        may_name=policy.can_name_stand_in(actor, organisation),
        may_end=partial(policy.can_end_stand_in, actor, organisation),
    )  # fmt: skip


@organisations.route(f"{STAND_INS}/baru", methods=["GET", "POST"])
@freshly_proved
def name_stand_in(organisation_id: int) -> Any:
    organisation = _load(organisation_id)
    if not policy.can_name_stand_in(current_actor(), organisation):
        raise Forbidden
    form = StandInForm()
    form.user_id.choices = [
        (colleague.user_id, colleague.name)
        for colleague in member_queries.list_colleagues(organisation_id, limit=OFFERED)
        if colleague.role not in APPROVERS
    ]
    if form.validate_on_submit() and attempt(
        form, stand_ins.name_stand_in, organisation_id=organisation_id, user_id=form.user_id.data,
        begins=form.begins.data, until=form.until.data, actor=current_actor(), now=clock.now(),
    ):  # fmt: skip
        flash(_("Pengganti ditunjuk. Anda berdua diberi tahu."))
        return redirect(url_for(".list_stand_ins", organisation_id=organisation_id))
    page = render_template(
        "organisations/stand_in.html", organisation=organisation, form=form, most=DAYS_AT_MOST
    )
    return page, 422 if request.method == "POST" else 200


@organisations.post(f"{STAND_INS}/<int:stand_in_id>/akhiri")
@signed_in
def end_stand_in(organisation_id: int, stand_in_id: int) -> Any:
    _load(organisation_id)
    if ButtonForm().validate_on_submit():
        stand_ins.end_stand_in(organisation_id, stand_in_id, actor=current_actor(), now=clock.now())
        flash(_("Penggantian berakhir. Haknya hilang saat itu juga."))
    return redirect(url_for(".list_stand_ins", organisation_id=organisation_id))


def _load(organisation_id: int) -> Organisation:
    organisation = load_visible(organisation_id)
    if not policy.knows_stand_ins(current_actor(), organisation):
        raise NotFound
    return organisation
