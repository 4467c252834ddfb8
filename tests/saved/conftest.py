from tests.accounts.conftest import limits_on
from tests.opportunities.conftest import person
from tests.support.committed import committed

__all__ = ["committed", "limits_on", "person"]
