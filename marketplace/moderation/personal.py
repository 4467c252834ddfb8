"""Which case a moderator has in hand."""

from marketplace.core.personal import Holding, Topic
from marketplace.moderation.models import Hold

HOLDINGS = (
    Holding(table=Hold.__table__, topic=Topic.CONTENT, person=("user_id",), codes=("kind",), ends=True),
)
