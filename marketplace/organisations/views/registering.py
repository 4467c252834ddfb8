from collections.abc import Callable
from functools import partial
from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from marketplace.core import clock
from marketplace.core.actor import OrganisationKind
from marketplace.organisations import actions, labels, queries
from marketplace.organisations.forms import NamedForm, OfficeForm, PemdaForm
from marketplace.organisations.invitation_tokens import make_token
from marketplace.organisations.member_queries import list_invitations_to
from marketplace.organisations.models import Organisation
from marketplace.organisations.trust_queries import today
from marketplace.organisations.views.blueprint import organisations
from marketplace.regions.queries import gazetteer
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.forms import attempt
from marketplace.web.headers import keep_on_back

NAMED = {"kementerian": OrganisationKind.MINISTRY, "pendamping": OrganisationKind.TUTOR}


@organisations.get("/baru")
@signed_in
def choose_kind() -> str:
    return render_template("organisations/choose_kind.html")


@organisations.route("/baru/pemda", methods=["GET", "POST"])
@signed_in
def register_pemda() -> Any:
    form = PemdaForm()
    asked = gazetteer().find(request.args.get("daerah", ""))
    if request.method == "GET" and asked and asked.autonomous:
        form.region.data = gazetteer().place_text(asked.code)
    places = [gazetteer().place_text(place.code) for place in gazetteer().governments()]
    register = partial(actions.register_pemda, form.region.data or "")
    return _register(form, register, "organisations/register_pemda.html", places=places)


@organisations.route("/baru/<any(kementerian, pendamping):kind>", methods=["GET", "POST"])
@signed_in
def register_named(kind: str) -> Any:
    form = NamedForm()
    register = partial(actions.register, NAMED[kind], name=form.name.data or "")
    title = (
        _("Daftarkan unit kementerian atau lembaga")
        if kind == "kementerian"
        else _("Daftar sebagai pendamping")
    )
    return _register(form, register, "organisations/register_named.html", title=title)


def _register(form: OfficeForm, register: Callable[..., Organisation], template: str, **context: Any) -> Any:
    actor = current_actor()
    made: list[Organisation] = []

    def run(**arguments: Any) -> None:
        made.append(register(**arguments))

    if form.validate_on_submit() and attempt(form, run, office=form.office, actor=actor, now=clock.now()):
        return redirect(url_for("organisations.show", organisation_id=made[0].id))
    page = make_response(render_template(template, form=form, **context), 422 if form.is_submitted() else 200)
    return keep_on_back(page)


@organisations.get("")
@signed_in
def index() -> str:
    user_id = current_actor().user_id or 0
    asked = list_invitations_to(user_id, now=clock.now())
    return render_template(
        "organisations/index.html",
        cards=queries.list_for_member(user_id, limit=100),
        invitations=[(line, make_token(line.id, line.serial)) for line in asked],
        labels=labels,
        today=today(),
    )
