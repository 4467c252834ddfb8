"""A row that is gone by the time of the move: somebody deleted it while this one was reading."""

import pytest
from flask import Flask
from sqlalchemy import delete

from marketplace.core import clock
from marketplace.interests.models import Interest
from marketplace.interests.rules import InterestStatus
from marketplace.interests.stepping import TABLE
from marketplace.lifecycle.actions import move
from marketplace.lifecycle.rules import ChangedSinceRead
from tests import personas
from tests.factories.interests import an_interest


def test_a_row_that_is_gone_is_a_conflict_not_a_failure(app: Flask, session) -> None:
    interest = an_interest(status=InterestStatus.DRAFT)
    partner = personas.actor(session.connection(), "investor")
    session.execute(
        delete(Interest).where(Interest.id == interest.id).execution_options(synchronize_session=False)
    )
    with pytest.raises(ChangedSinceRead):
        move(interest, InterestStatus.SENT, table=TABLE, actor=partner, now=clock.now())
