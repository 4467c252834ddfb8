"""`load-demo`: once, into a new development database."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import delete, select, text, update

from marketplace.accounts.models import User
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.demo.approving import Team, make_approvals
from marketplace.demo.asking import make_questions
from marketplace.demo.founding import found_organisations, found_people, invite_somebody, make_password
from marketplace.demo.inviting import make_invitations
from marketplace.demo.judging import begin_scoring, make_decisions
from marketplace.demo.keeping import make_keeping
from marketplace.demo.listing import Cast, make_listings
from marketplace.demo.meeting import make_interests
from marketplace.demo.offering import make_offers
from marketplace.demo.people import PEMDA, PEOPLE
from marketplace.demo.searching import save_searches
from marketplace.demo.suggesting import make_suggestions
from marketplace.demo.supporting import make_support
from marketplace.extensions import db
from marketplace.mail.models import Delivery
from marketplace.matching.learning.reporting import make_report
from marketplace.matching.lists import refreshing
from marketplace.notifications.models import NoticeRow
from marketplace.organisations.models import Organisation
from marketplace.organisations.signed_in import get_actor
from marketplace.partners.demand_counting import count_demand

APPROVERS = {"bitung": "pemda_approver", "madiun": "pemda_approver_b"}
EDITORS = {"bitung": "pemda_editor", "madiun": "pemda_editor_b"}


@click.command("load-demo")
@with_appcontext
def load_demo() -> None:
    """Fill a new development database with invented people, organisations and listings."""
    if not current_app.config["DEMO"]:
        raise click.ClickException("Demonstration data is never loaded here: APP_ENV=production or DEMO=0.")
    if db.session.scalar(select(Organisation.id).limit(1)) is not None:
        click.echo("demo: the database has organisations already; nothing loaded")
        return
    accounts = load(clock.now())
    _write_accounts(accounts)
    db.session.commit()
    refreshing.refresh()
    make_report(now=clock.now())
    count_demand(now=clock.now())
    db.session.commit()
    click.echo(f"demo: {len(accounts)} accounts")


def load(now: datetime) -> list[dict[str, Any]]:
    """Everything, in this transaction; the accounts as demo-accounts.json lists them."""
    real = db.session.scalars(select(Delivery.id)).all()
    organisations = found_organisations(now)
    accounts = found_people(organisations, make_password(), now)
    invite_somebody(organisations, now)
    actors = {person.persona: _actor(person.email) for person in PEOPLE}
    pemda = {code: (_who(actors, EDITORS, key), _who(actors, APPROVERS, key)) for key, _name, code in PEMDA}
    moderator = actors["moderator"]
    listings = make_listings(Cast(pemda, moderator), now)
    begin_scoring(now)
    approvers = {code: pair[1] for code, pair in pemda.items()}
    make_decisions(listings, actors, approvers, moderator, now)
    make_interests(listings, actors, approvers, moderator, now)
    make_invitations(listings, actors, pemda["71.72"][0], now)
    bitung, madiun = Team(*pemda["71.72"]), Team(*pemda["35.19"])
    make_approvals(listings, bitung, madiun, actors["pemda_stand_in"], now)
    make_support(listings, actors, organisations, now)
    save_searches(actors["investor"], now)
    make_keeping(listings, actors, now)
    make_offers(actors, organisations, now)
    make_questions(listings, actors, now)
    make_suggestions(listings, actors, now)
    _keep_quiet(real, now)
    return accounts


def _who(actors: dict[str, Actor], chosen: dict[str, str], key: str) -> Actor:
    return actors[chosen.get(key, f"pemda_{key}")]


def _actor(email: str) -> Actor:
    return get_actor(db.session.execute(select(User.id).where(User.email == email)).scalar_one())


def _keep_quiet(real: Sequence[UUID], now: datetime) -> None:
    """No mail goes out for what never happened, the real ones do; older notices count as read."""
    unsent = delete(Delivery).where(Delivery.id.not_in(real)).returning(Delivery.id)
    ids = [str(number) for number in db.session.scalars(unsent)]
    jobs = text(
        "DELETE FROM procrastinate_jobs WHERE queue_name = 'mail' AND args->>'delivery_id' = ANY(:ids)"
    )
    db.session.execute(jobs, {"ids": ids})
    db.session.execute(update(NoticeRow).where(NoticeRow.created_at < now).values(read_at=now))


def _write_accounts(accounts: list[dict[str, Any]]) -> None:
    target = Path(current_app.config["INSTANCE_DIR"]) / "demo-accounts.json"
    unfinished = target.with_suffix(".part")
    unfinished.touch(mode=0o600)
    unfinished.write_text(json.dumps(accounts, ensure_ascii=False, indent=1), encoding="utf-8")
    unfinished.replace(target)
