"""Who keeps the profile of a partner. The one policy that reads the rows it speaks of."""

from typing import Any

import pytest
from sqlalchemy import Connection

from marketplace.core.actor import Actor, OrganisationKind
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.partners.policy import can_read_demand, get_editable
from tests import personas
from tests.factories.opportunities import an_organisation_id
from tests.personas import PEOPLE

KEEPS = {"investor"}
SEES = {"investor_editor", "moderator", "moderator_b"}


@pytest.mark.parametrize("name", ["visitor", *PEOPLE])
def test_owners_keep_it_colleagues_and_laip_only_see_it(
    name: str, connection: Connection, session: Any
) -> None:
    ours = an_organisation_id("investor")
    actor = Actor() if name == "visitor" else personas.actor(connection, name)
    if name in KEEPS:
        organisation, profile = get_editable(ours, actor)
        assert (organisation.id, profile.organisation_id) == (ours, ours)
        return
    refusal = Forbidden if name in SEES else NotFound
    with pytest.raises(refusal) as caught:
        get_editable(ours, actor)
    assert type(caught.value) is refusal


@pytest.mark.parametrize("name", ["visitor", *PEOPLE])
def test_who_may_publish_reads_what_partners_look_for(
    name: str, connection: Connection, session: Any
) -> None:
    actor = Actor() if name == "visitor" else personas.actor(connection, name)
    of_a_pemda = any(place.kind is OrganisationKind.PEMDA for place in actor.memberships)
    assert can_read_demand(actor) is (of_a_pemda or actor.is_staff)


@pytest.mark.parametrize("name", ["pemda_owner", "moderator"])
def test_a_pemda_has_no_such_profile(name: str, connection: Connection, session: Any) -> None:
    with pytest.raises(NotFound):
        get_editable(an_organisation_id("bitung"), personas.actor(connection, name))
