"""Several at once: each partner alone, one transaction, and who was faster is told by name."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.refusal import Forbidden, NotFound, Refusal
from marketplace.interests import deciding
from marketplace.interests.deciding_together import Chosen, Outcome, ask_several, decline_several
from marketplace.interests.models import Interest
from marketplace.interests.rules import InterestStatus, QuestionNeeded, WordsNeeded
from marketplace.lifecycle.rules import AlreadyDecided, ChangedSinceRead, ReasonNeeded
from marketplace.notifications.models import NoticeRow
from tests import personas
from tests.factories.interests import an_interest
from tests.factories.opportunities import a_published_opportunity

S = InterestStatus
People = Callable[[str], Actor]


@pytest.fixture
def person(session: Any, connection: Any) -> People:
    return lambda name: personas.actor(connection, name)


@pytest.fixture
def both(session: Any) -> tuple[Interest, Interest]:
    """Two partners' interests in one opportunity."""
    opportunity = a_published_opportunity()
    return an_interest(opportunity), an_interest(opportunity, "startup")


def no(
    interests: tuple[Interest, ...], actor: Actor, *, lines: tuple[str, ...] = ("", ""), **options: Any
) -> Outcome:
    chosen = [Chosen(each.id, each.revision, line) for each, line in zip(interests, lines, strict=True)]
    words: dict[str, Any] = {"reason": "capacity", "words": "Terima kasih.", **options}
    return decline_several(chosen=chosen, actor=actor, now=clock.now(), **words)


def told(session: Any, kind: str) -> dict[int, dict[str, Any]]:
    rows = session.execute(select(NoticeRow.user_id, NoticeRow.params).where(NoticeRow.kind == kind))
    return {row.user_id: row.params for row in rows}


def test_one_question_reaches_each_alone(
    session: Any, person: People, both: tuple[Interest, Interest]
) -> None:
    chosen = [Chosen(each.id, each.revision) for each in both]
    outcome = ask_several(
        chosen=chosen, question="Kapan mulai?", actor=person("pemda_editor"), now=clock.now()
    )
    assert (sorted(outcome.told), outcome.left) == (["PT Rintisan Uji", "PT Tirta Uji"], [])
    for interest in both:
        session.refresh(interest)
        assert (interest.status, interest.asked) == (S.MORE_INFO, "Kapan mulai?")
    news = told(session, "interest_more_info")
    assert set(news) == {person(name).user_id for name in ("investor", "investor_editor", "startup")}
    for user_id, params in news.items():
        mine = "PT Rintisan Uji" if user_id == person("startup").user_id else "PT Tirta Uji"
        assert params["partner"] == mine
        assert (
            len([text for text in params.values() if "Uji" in str(text) and str(text).startswith("PT")]) == 1
        )


def test_each_reads_the_common_words_and_its_own_line_only(
    session: Any, person: People, both: tuple[Interest, Interest]
) -> None:
    outcome = no(both, person("pemda_editor"), lines=("Instalasi Anda bagus.", ""))
    assert len(outcome.told) == 2
    first, second = both
    assert (first.decision_reason, second.decision_reason) == ("capacity", "capacity")
    news = told(session, "interest_declined")
    assert news[person("investor").user_id or 0]["words"] == "Terima kasih.\n\nInstalasi Anda bagus."
    assert news[person("startup").user_id or 0]["words"] == second.decision_words == "Terima kasih."


def test_who_was_faster_is_told_by_name_and_the_others_go_through(
    session: Any, person: People, both: tuple[Interest, Interest]
) -> None:
    first, second = both
    third = an_interest(a_published_opportunity(), "startup", S.MORE_INFO, asked="Berapa?", revision=4)
    chosen = [Chosen(each.id, 1) for each in (first, second, third)]
    deciding.accept(interest_id=first.id, seen=1, actor=person("pemda_approver"), now=clock.now())
    outcome = decline_several(
        chosen=chosen, reason="capacity", words="", actor=person("pemda_owner"), now=clock.now()
    )
    assert outcome.told == ["PT Rintisan Uji"]
    assert [(left.partner, type(left.why)) for left in outcome.left] == [
        ("PT Tirta Uji", AlreadyDecided),
        ("PT Rintisan Uji", ChangedSinceRead),
    ]
    for interest in (first, second, third):
        session.refresh(interest)
    assert [each.status for each in (first, second, third)] == [S.ACCEPTED, S.DECLINED, S.MORE_INFO]


def test_pressed_twice_nothing_more_happens(
    session: Any, person: People, both: tuple[Interest, Interest]
) -> None:
    chosen = [Chosen(each.id, 1) for each in both]
    again: dict[str, Any] = {"chosen": chosen, "reason": "capacity", "words": "", "now": clock.now()}
    decline_several(**again, actor=person("pemda_owner"))
    twice = decline_several(**again, actor=person("pemda_owner"))
    assert (twice.told, len(twice.left)) == ([], 2)
    assert len(told(session, "interest_declined")) == 3


@pytest.mark.parametrize(
    "options,refusal",
    [
        ({"reason": None}, ReasonNeeded),
        ({"reason": "invented"}, ReasonNeeded),
        ({"reason": "other", "words": "", "lines": ("Hanya untuk Anda.", "")}, WordsNeeded),
    ],
)
def test_what_one_may_not_be_told_is_told_to_nobody(
    session: Any, person: People, both: tuple[Interest, Interest], options: dict[str, Any],
    refusal: type[Refusal],
) -> None:  # fmt: skip
    with pytest.raises(refusal), session.begin_nested():
        no(both, person("pemda_editor"), **options)
    session.expire_all()
    assert told(session, "interest_declined") == {}
    assert [each.status for each in both] == [S.SENT, S.SENT]


def test_an_empty_question_is_asked_of_nobody(person: People, both: tuple[Interest, Interest]) -> None:
    with pytest.raises(QuestionNeeded):
        ask_several(chosen=[Chosen(both[0].id, 1)], question="", actor=person("pemda_owner"), now=clock.now())


@pytest.mark.parametrize(
    "name,refusal",
    [
        ("pemda_viewer", Forbidden),
        ("other_approver", NotFound),
        ("investor", Forbidden),
        ("moderator", NotFound),
    ],
)
def test_who_may_not_reach_one_reaches_none(
    session: Any, person: People, both: tuple[Interest, Interest], name: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal), session.begin_nested():
        no(both, person(name))
    assert told(session, "interest_declined") == {}


def test_with_a_strangers_interest_among_them_nothing_happens(
    session: Any, person: People, both: tuple[Interest, Interest]
) -> None:
    theirs = an_interest(a_published_opportunity("madiun"))
    with pytest.raises(NotFound), session.begin_nested():
        no((*both, theirs), person("pemda_owner"), lines=("", "", ""))
    assert told(session, "interest_declined") == {}
