"""What saved searches hold of a person: what they look for."""

from marketplace.core.personal import Holding, Topic
from marketplace.saved.search_models import SavedSearch

HOLDINGS = (
    Holding(
        table=SavedSearch.__table__, topic=Topic.NEWS, person=("user_id",), words=("name", "query"),
        codes=("cadence",), ends=True,
    ),
)  # fmt: skip
