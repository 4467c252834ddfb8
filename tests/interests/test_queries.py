"""The lists, and the SQL twin of the derived states."""

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from marketplace.core import clock
from marketplace.interests import answering_queries, queries, work_queries
from marketplace.interests.listings import find_listing
from marketplace.interests.rules import InterestState, InterestStatus, state_of
from marketplace.opportunities.rules import LifeStatus
from tests.factories.interests import an_interest
from tests.factories.opportunities import a_published_opportunity, an_organisation_id

S = InterestStatus
PUBLIC = [life for life in LifeStatus if life is not LifeStatus.UNPUBLISHED]


@pytest.mark.parametrize("life", PUBLIC)
def test_rule_and_twin_agree(session: Any, life: LifeStatus) -> None:
    wanted = {}
    for status, read in product(S, (None, datetime(2026, 6, 1, tzinfo=UTC))):
        interest = an_interest(a_published_opportunity(life=life), status=status, read_at=read)
        wanted[interest.id] = state_of(status, read_at=read, life=life)
    found = queries.list_outgoing(an_organisation_id("investor"), limit=100)
    assert {line.id: line.state for line in found} == wanted


def test_what_waits_comes_first_oldest_first(session: Any) -> None:
    now = clock.now()
    opportunity = a_published_opportunity()
    answered = an_interest(opportunity, status=S.DECLINED, now=now - timedelta(days=9))
    younger = an_interest(opportunity, "startup", now=now - timedelta(days=2))
    older = an_interest(opportunity, now=now - timedelta(days=3))
    asked = an_interest(a_published_opportunity(), status=S.MORE_INFO, now=now)
    an_interest(a_published_opportunity(), status=S.DRAFT)
    an_interest(a_published_opportunity("madiun"))
    lines = queries.list_incoming(an_organisation_id("bitung"), limit=10)
    assert [line.id for line in lines] == [older.id, younger.id, asked.id, answered.id]


def test_who_is_invited_to_try_again_in_sql(session: Any) -> None:
    """The twin of rules.may_try_again, with everything looked up."""
    past = clock.now() - timedelta(days=90)
    closed = a_published_opportunity(now=past, closes_on=(clock.now() - timedelta(days=3)).date())
    invited = an_interest(status=S.NOT_INTRODUCED)
    others = [an_interest(closed, status=S.NOT_INTRODUCED), an_interest(status=S.DECLINED)]
    ended = [a_published_opportunity(life=life) for life in (LifeStatus.WITHDRAWN, LifeStatus.PARTNER_FOUND)]
    others += [an_interest(each, status=S.NOT_INTRODUCED) for each in ended]
    again = a_published_opportunity()
    others += [an_interest(again, status=S.NOT_INTRODUCED), an_interest(again, status=S.DRAFT)]
    an_interest(a_published_opportunity(), "startup", S.NOT_INTRODUCED)
    found = queries.list_outgoing(an_organisation_id("investor"), limit=100)
    assert {line.id for line in found} == {invited.id, *(each.id for each in others)}
    assert [line.id for line in found if line.may_try_again] == [invited.id]


def test_filters_and_counts(session: Any) -> None:
    bitung = an_organisation_id("bitung")
    one, two = a_published_opportunity(), a_published_opportunity()
    an_interest(one)
    an_interest(one, "startup", read_at=clock.now())
    an_interest(two, status=S.ACCEPTED)
    assert queries.count_incoming(bitung) == {
        InterestState.SENT: 1,
        InterestState.READ: 1,
        InterestState.ACCEPTED: 1,
    }
    assert sum(queries.count_incoming(bitung, opportunity_id=two.id).values()) == 1
    assert len(queries.list_incoming(bitung, opportunity_id=one.id, limit=10)) == 2
    assert len(queries.list_incoming(bitung, state=InterestState.READ, limit=10)) == 1
    assert [asked.count for asked in queries.list_asked(bitung, limit=10)] == [1, 2]
    assert [asked.count for asked in queries.list_asked(bitung, limit=1)] == [1]
    assert queries.find_asked(bitung, one.id).count == 2
    assert queries.find_asked(an_organisation_id("madiun"), one.id) is None
    assert queries.count_outgoing(an_organisation_id("investor")) == {
        InterestState.SENT: 1,
        InterestState.ACCEPTED: 1,
    }


def test_work(session: Any) -> None:
    opportunity = a_published_opportunity()
    an_interest(opportunity)
    an_interest(opportunity, "startup", S.SHORTLISTED)
    an_interest(a_published_opportunity(), status=S.MORE_INFO)
    an_interest(a_published_opportunity(), status=S.DECLINED)
    an_interest(a_published_opportunity(life=LifeStatus.WITHDRAWN))
    assert work_queries.count_work([an_organisation_id("bitung")]).incoming_waiting == 2
    partner = work_queries.count_work([an_organisation_id("investor")])
    assert (partner.outgoing_open, partner.outgoing_waiting) == (2, 1)


def test_usual_answer_counts_working_days(session: Any) -> None:
    friday = datetime(2026, 6, 5, 3, tzinfo=UTC)
    then = friday + timedelta(days=30)
    bitung = an_organisation_id("bitung")
    for days in (3, 4, 12):
        an_interest(
            a_published_opportunity(),
            status=S.DECLINED,
            now=friday,
            answered_at=friday + timedelta(days=days),
        )
        if days < 12:
            assert answering_queries.usual_answer_days([bitung], now=then) == {}
    # Monday is one working day after Friday, Tuesday two, Wednesday of the week after eight.
    assert answering_queries.usual_answer_days([bitung], now=then) == {bitung: 2}


def test_a_listing_is_found_while_it_is_public(session: Any) -> None:
    now = clock.now()
    assert find_listing(a_published_opportunity().tail, now=now)
    assert find_listing(a_published_opportunity(life=LifeStatus.WITHDRAWN).tail, now=now) is None
    assert find_listing("tidakada", now=now) is None


def test_the_quietest_listing_has_the_fewest_interests(session: Any) -> None:
    busy, quiet, newest = (a_published_opportunity() for _number in range(3))
    an_interest(busy)
    an_interest(newest)
    # Nobody but its partner knows of a draft.
    an_interest(quiet, status=S.DRAFT)
    assert work_queries.find_quietest([busy.id, quiet.id, newest.id]) == quiet.id
    assert work_queries.find_quietest([busy.id, newest.id]) == newest.id
    assert work_queries.find_quietest([]) is None
