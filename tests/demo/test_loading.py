"""`load-demo`: a newcomer's database is filled once, with people who can sign in and things to look at."""

import json
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import delete, func, select, text

from marketplace.accounts.models import User, user_roles
from marketplace.collaborations.models import Collaboration
from marketplace.demo.people import ORGANISATIONS, PEOPLE
from marketplace.demo.searching import SEARCHES
from marketplace.extensions import db
from marketplace.interests.invitation_models import Invitation
from marketplace.interests.models import Interest
from marketplace.mail.models import Delivery
from marketplace.matching.learning.judging import CASES_AT_LEAST
from marketplace.matching.learning.models import MatchReport
from marketplace.notifications.models import NoticeRow
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.rules import LifeStatus, Origin
from marketplace.organisations.models import Member, Organisation
from marketplace.partners.models import PartnerProfile
from marketplace.saved.search_models import SavedSearch
from tests.support.clients import PageClient
from tests.support.committed import application_of_its_own


@pytest.fixture
def new(committed: Flask) -> Flask:
    """The application on a database with reference data and nobody in it."""
    empty(committed)
    return committed


def empty(app: Flask) -> None:
    with app.app_context():
        for table in (PartnerProfile, Member, user_roles, Organisation, User):
            db.session.execute(delete(table))
        db.session.commit()
    app.config.update(DEMO=True, SECOND_FACTOR_DEMANDED=False)


def load(app: Flask) -> Result:
    return app.test_cli_runner().invoke(args=["load-demo"])


def accounts_of(app: Flask) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(_file_of(app).read_text())
    return listed


def _file_of(app: Flask) -> Path:
    return Path(app.config["INSTANCE_DIR"]) / "demo-accounts.json"


@dataclass(frozen=True)
class Loaded:
    """A loaded demonstration that several tests look at, and what waited to be sent when it had just been loaded."""

    app: Flask
    result: Result
    letters: int
    jobs: int


@pytest.fixture(scope="module")
def loaded(server_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    with application_of_its_own(server_url, tmp_path_factory.mktemp("demo")) as app:
        empty(app)
        result = load(app)
        with app.app_context():
            waiting = text("SELECT count(*) FROM procrastinate_jobs WHERE queue_name = 'mail'")
            letters, jobs = count(Delivery), db.session.scalar(waiting)
        yield Loaded(app, result, letters, jobs)


def count(what: Any, *where: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(what).where(*where)) or 0


def test_everybody_and_something_of_everything(loaded: Loaded) -> None:
    new = loaded.app
    assert (loaded.result.exit_code, loaded.result.output) == (0, f"demo: {len(PEOPLE)} accounts\n")
    with new.app_context():
        assert count(User) == len(PEOPLE)
        assert count(Organisation, Organisation.demo) == count(Organisation) == len(ORGANISATIONS)
        posted = select(Opportunity.status).where(Opportunity.origin == Origin.POSTED)
        assert set(db.session.scalars(posted)) >= {LifeStatus.PUBLISHED, LifeStatus.UNPUBLISHED}
        assert count(Interest) > 3
        assert set(db.session.scalars(select(Invitation.status))) == {"sent", "declined"}
        assert count(Collaboration) >= 1
        assert count(SavedSearch) == len(SEARCHES)
        report = db.session.scalars(select(MatchReport)).one()
        assert report.figures["all"]["cases"] >= CASES_AT_LEAST
        assert report.figures["all"]["auc"] > 0.5
    assert {account["persona"] for account in accounts_of(new)} == {person.persona for person in PEOPLE}
    assert stat.S_IMODE(_file_of(new).stat().st_mode) == 0o600


def test_no_letter_goes_out_for_what_never_happened(loaded: Loaded) -> None:
    assert (loaded.letters, loaded.jobs) == (0, 0)
    with loaded.app.app_context():
        assert count(NoticeRow) > 0


def test_its_people_sign_in_and_find_their_work(loaded: Loaded) -> None:
    new = loaded.app
    accounts = {account["persona"]: account for account in accounts_of(new)}
    for persona, page in (
        ("moderator", "/moderasi"),
        ("pemda_approver", "/dasbor/peluang"),
        ("investor", "/dasbor/minat"),
    ):
        with new.app_context():
            browser = PageClient(new)
            account = accounts[persona]
            entered = browser.submit("/masuk", {"email": account["email"], "password": account["password"]})
            assert entered.status_code == 302, persona
            found = browser.get(page)
            assert (found.status_code, "<td" in found.text or "<li" in found.text) == (200, True), persona


def test_a_second_time_nothing_is_loaded(loaded: Loaded) -> None:
    new = loaded.app
    before = _file_of(new).read_bytes()
    again = load(new)
    assert (again.exit_code, again.output) == (
        0,
        "demo: the database has organisations already; nothing loaded\n",
    )
    assert _file_of(new).read_bytes() == before


def test_it_is_never_loaded_where_it_is_switched_off(new: Flask) -> None:
    new.config["DEMO"] = False
    refused = load(new)
    assert refused.exit_code == 1
    assert "never loaded here" in refused.output
    with new.app_context():
        assert count(Organisation) == 0
