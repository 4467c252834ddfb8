from typing import Any

from sqlalchemy import func, select, update

from marketplace.changes.models import Change
from marketplace.data.reading import read_examples
from marketplace.opportunities import loading
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.rules import LifeStatus, Origin
from tests.support.clients import PageClient


def examples(session: Any) -> list[Opportunity]:
    return list(session.scalars(select(Opportunity).where(Opportunity.origin == Origin.PUBLIC_EXAMPLE)))


def changes(session: Any) -> int:
    return session.scalar(select(func.count(Change.id)).where(Change.kind == "opportunity"))


def test_the_examples_stand_in_a_loaded_database(session: Any) -> None:
    loaded = examples(session)
    assert len(loaded) == len(read_examples()) == 42
    for each in loaded:
        assert each.status is LifeStatus.PUBLISHED
        assert each.published_version_id
        assert each.published_at
        assert each.example_source_url
        assert each.closes_at is None
        assert each.organisation_id is None
        assert each.slug
        assert each.slug.endswith(f"-{each.tail}")


def test_a_second_load_changes_nothing(session: Any) -> None:
    before = changes(session)
    told = loading.load(session.connection())
    assert [(each.inserted, each.updated, each.removed) for each in told] == [(0, 0, []), (0, 0, [])]
    assert changes(session) == before


def test_an_older_load_is_brought_in_step_and_keeps_ids_and_dates(session: Any) -> None:
    one = examples(session)[0]
    number, published = one.id, one.published_at
    session.execute(
        update(OpportunityVersion)
        .where(OpportunityVersion.opportunity_id == number)
        .values(title_id="Judul lama")
    )
    before = changes(session)
    told = loading.load(session.connection())
    session.expire_all()
    assert [(each.inserted, each.updated) for each in told] == [(0, 0), (0, 1)]
    assert changes(session) == before + 1
    again = session.get(Opportunity, number)
    assert again.published_at == published
    title = session.scalar(
        select(OpportunityVersion.title_id).where(OpportunityVersion.opportunity_id == number)
    )
    assert title != "Judul lama"


def test_an_example_that_left_the_file_is_removed_and_the_index_hears_of_it(session: Any) -> None:
    one = examples(session)[0]
    number = one.id
    session.execute(
        update(Opportunity).where(Opportunity.id == number).values(example_key="999", tail="zzzzzz")
    )
    told = loading.load(session.connection())
    session.expire_all()
    assert told[0].removed == [(str(number),)]
    assert told[0].inserted == 1
    assert session.get(Opportunity, number) is None
    assert session.scalar(select(func.count(Change.id)).where(Change.object_id == number)) >= 1


def test_every_example_has_a_page_in_both_languages(client: PageClient, session: Any) -> None:
    for each in examples(session)[::7]:
        assert client.get(f"/peluang/{each.slug}").status_code == 200
        assert client.get(f"/en/peluang/{each.slug}").status_code == 200
