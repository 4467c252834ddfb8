"""What people keep for themselves: it goes with them."""

from marketplace.core.personal import Holding, Topic
from marketplace.saved.models import Bookmark
from marketplace.saved.search_models import SavedSearch

HOLDINGS = (
    Holding(table=Bookmark.__table__, topic=Topic.NEWS, person=("user_id",), words=("note",), ends=True),
    Holding(
        table=SavedSearch.__table__, topic=Topic.NEWS, person=("user_id",), words=("name", "query"),
        codes=("cadence",), ends=True,
    ),
)  # fmt: skip
