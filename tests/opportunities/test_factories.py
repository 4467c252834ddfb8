from typing import Any

from marketplace.opportunities.rules import LifeStatus
from tests.factories.opportunities import a_published_opportunity, an_opportunity, the_version


def test_builders_make_what_they_say(session: Any) -> None:
    draft = an_opportunity(title_id="Draf")
    assert draft.status is LifeStatus.UNPUBLISHED
    assert the_version(draft).title_id == "Draf"
    listed = a_published_opportunity("madiun")
    assert listed.slug
    assert listed.closes_at
    assert listed.published_version_id == the_version(listed).id
