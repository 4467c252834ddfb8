"""What people keep for themselves: it goes with them."""

from marketplace.core.personal import Holding, Topic
from marketplace.saved.models import Bookmark

HOLDINGS = (
    Holding(table=Bookmark.__table__, topic=Topic.NEWS, person=("user_id",), words=("note",), ends=True),
)
