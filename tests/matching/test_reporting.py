"""The nightly report from what people did, and weights that only a programme owner takes, once."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from marketplace.audit.models import AuditEvent
from marketplace.core import clock
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.extensions import db
from marketplace.matching.learning.adopting import AlreadyAdopted, NothingProposed, ReportOutdated, adopt
from marketplace.matching.learning.judging import Case
from marketplace.matching.learning.models import MatchReport
from marketplace.matching.learning.queries import count_undecided, list_cases
from marketplace.matching.learning.reporting import make_report, take_up
from marketplace.matching.models import MatchAnswer, MatchModel
from marketplace.matching.rules import AnswerKind
from marketplace.matching.settings import ENGINE_VERSION, Factor, Settings
from tests.factories.opportunities import a_published_opportunity, an_organisation_id
from tests.personas import actor
from tests.support.clients import PageClient

NOW = Settings()
OTHER = replace(NOW, for_partner={**NOW.for_partner, Factor.SECTOR: 21, Factor.SCHEME: 13})


@pytest.fixture
def model(session: Any) -> MatchModel:
    made = MatchModel(
        engine_version=ENGINE_VERSION, settings=NOW.as_json(), term_weights={}, begun_at=clock.now(),
        finished_at=clock.now(),
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def an_answer(listing: Any, kind: AnswerKind, score: int | None, organisation: str = "investor") -> None:
    db.session.add(
        MatchAnswer(
            opportunity_id=listing.id, organisation_id=an_organisation_id(organisation), kind=kind, score=score,
            at=clock.now(),
        )
    )  # fmt: skip
    db.session.flush()


def a_report(model: MatchModel, proposal: Settings | None = OTHER) -> MatchReport:
    report = make_report(now=clock.now())
    if proposal is not None:
        report.proposal = {"settings": proposal.as_json(), "auc_now": 0.6, "auc_then": 0.7, "cases": 90}
    db.session.flush()
    return report


def person(name: str) -> Any:
    return actor(db.session.connection(), name)


def test_a_case_has_the_first_score_and_the_last_decision(session: Any) -> None:
    one, two, three = (a_published_opportunity() for _number in range(3))
    an_answer(one, AnswerKind.INTERESTED, 700_000)
    an_answer(one, AnswerKind.DECLINED, 300_000)
    an_answer(one, AnswerKind.INTERESTED, 400_000)
    an_answer(one, AnswerKind.ACCEPTED, 400_000)
    an_answer(two, AnswerKind.DISMISSED, 200_000, "startup")
    an_answer(two, AnswerKind.DECLINED, None)
    an_answer(three, AnswerKind.INVITED, 800_000)
    investor, startup = an_organisation_id("investor"), an_organisation_id("startup")
    assert set(map(_plain, list_cases())) == {
        (one.id, investor, 700_000, True, "sulawesi"),
        (two.id, startup, 200_000, False, "sulawesi"),
    }
    assert count_undecided() == 1


def _plain(case: Case) -> tuple[Any, ...]:
    return case.listing, case.partner, case.score, case.good, case.group


def test_few_cases_are_counted_and_nothing_is_said_or_proposed(model: MatchModel, client_as: Any) -> None:
    an_answer(a_published_opportunity(), AnswerKind.ACCEPTED, 700_000)
    report = make_report(now=clock.now())
    assert report.proposal is None
    assert report.figures["all"]["cases"] == 1
    assert report.figures["all"]["auc"] is None
    page: PageClient = client_as("programme_owner")
    text = page.get("/moderasi/mutu-saran").text
    assert "Terlalu sedikit untuk disimpulkan" in text
    assert "Pakai bobot ini" not in text
    assert page.get("/en/moderasi/mutu-saran").status_code == 200
    with pytest.raises(NothingProposed):
        adopt(report.id, actor=person("programme_owner"), now=clock.now())


def test_a_programme_owner_adopts_once_and_the_worker_begins_the_model(
    session: Any, model: MatchModel, client_as: Any
) -> None:
    report = a_report(model)
    for name, refusal in (("moderator", Forbidden), ("pemda_owner", NotFound), ("investor", NotFound)):
        with pytest.raises(refusal):
            adopt(report.id, actor=person(name), now=clock.now())
    assert "Pakai bobot ini" not in client_as("moderator").get("/moderasi/mutu-saran").text
    assert not take_up(now=clock.now())
    owner = client_as("programme_owner")
    path = "/moderasi/mutu-saran"
    assert "Pakai bobot ini" in owner.get(path).text
    assert owner.submit(f"{path}/{report.id}/pakai", on=path).location == path
    assert "Dipakai sejak" in owner.get(path).text
    with pytest.raises(AlreadyAdopted):
        adopt(report.id, actor=person("programme_owner"), now=clock.now())
    event = session.scalars(select(AuditEvent).where(AuditEvent.kind == "match_report:adopted")).one()
    assert (event.object_id, event.actor_id) == (report.id, person("programme_owner").user_id)
    assert take_up(now=clock.now())
    begun = session.get(MatchModel, report.adopted_model_id)
    assert Settings.of_json(begun.settings) == OTHER
    assert begun.adopted_by == event.actor_id
    assert not take_up(now=clock.now())


def test_an_older_report_or_one_of_other_weights_is_refused(session: Any, model: MatchModel) -> None:
    older = a_report(model)
    newer = a_report(model)
    with pytest.raises(ReportOutdated):
        adopt(older.id, actor=person("programme_owner"), now=clock.now())
    later = clock.now() + timedelta(minutes=1)
    session.add(
        MatchModel(
            engine_version=ENGINE_VERSION, settings=OTHER.as_json(), term_weights={}, begun_at=later, finished_at=later
        )
    )  # fmt: skip
    session.flush()
    with pytest.raises(ReportOutdated):
        adopt(newer.id, actor=person("programme_owner"), now=clock.now())
