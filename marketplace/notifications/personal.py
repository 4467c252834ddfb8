"""What the inbox holds of a person; other people's notices may name them."""

from sqlalchemy import true

from marketplace.core.personal import Holding, Topic
from marketplace.notifications.models import Follower, NoticeRow

HOLDINGS = (
    Holding(
        table=NoticeRow.__table__, topic=Topic.NEWS, person=("user_id",), words=("params",), slugs=("path",),
        codes=("kind",), near=lambda _person: true(), ends=True,
    ),
    Holding(table=Follower.__table__, topic=Topic.NEWS, person=("user_id",), codes=("object_kind", "why"), ends=True),
)  # fmt: skip
