"""What may be kept and watched, by the life and the origin of a listing."""

import pytest

from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.rules import LifeStatus, Origin
from marketplace.saved.policy import can_be_kept, can_be_watched

L = LifeStatus
UP = {L.PUBLISHED, L.PARTNER_FOUND, L.NO_PARTNER}


@pytest.mark.parametrize("origin", Origin)
@pytest.mark.parametrize("life", LifeStatus)
def test_what_is_public_is_kept_and_what_lives_is_watched(life, origin):
    listing = Opportunity(status=life, origin=origin)
    assert can_be_kept(listing) is (life in UP)
    assert can_be_watched(listing) is (life is L.PUBLISHED and origin is Origin.POSTED)
