"""What the present owners read when LAIP names a successor, and the one button with which they object."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from marketplace.core import clock
from marketplace.core.actor import MemberRole
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.organisations import labels, member_queries, succession
from marketplace.organisations import succession_rules as rules
from marketplace.organisations.succession_queries import find_latest
from marketplace.organisations.views.blueprint import ONE, organisations
from marketplace.organisations.views.page import load_visible
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.forms import SeenForm, attempt


@organisations.route(f"{ONE}/penerus", methods=["GET", "POST"])
@signed_in
def successor(organisation_id: int) -> Any:
    organisation = load_visible(organisation_id)
    actor = current_actor()
    if not actor.has_role(organisation_id, MemberRole.OWNER):
        raise Forbidden
    row = find_latest(organisation_id)
    if row is None:
        raise NotFound
    form = SeenForm()
    if request.method == "GET":
        form.seen.data = str(row.revision)
    elif form.validate_on_submit() and attempt(
        form, succession.object_to, organisation_id=organisation_id, seen=form.seen_revision, actor=actor,
        now=clock.now(),
    ):  # fmt: skip
        flash(_("Keberatan Anda tercatat. Penunjukan ini berhenti."))
        return redirect(url_for(".successor", organisation_id=organisation_id))
    colleague = member_queries.find_colleague(organisation_id, row.user_id) if row.user_id else None
    page = render_template(
        "organisations/succession.html", organisation=organisation, row=row, form=form, labels=labels,
        successor=colleague.name if colleague else row.email, ripe_at=rules.ripe_at(row.proposed_at),
    )  # fmt: skip
    return page, 422 if request.method == "POST" else 200
