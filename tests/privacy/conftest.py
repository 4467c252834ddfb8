import pytest

from marketplace.files.storage import init_files
from tests.accounts.conftest import limits_on
from tests.privacy.life import Life, live
from tests.support.committed import committed

__all__ = ["committed", "limits_on"]


@pytest.fixture
def own_storage(app):
    """An empty storage: what other tests stored is not there."""
    init_files(app)


@pytest.fixture
def life(app, session, client, own_storage) -> Life:
    """A person who has left words in every table that can hold some."""
    return live(client)
