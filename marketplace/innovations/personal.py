"""Who said for a government that it needs an innovation too; the innovations are from public sources."""

from marketplace.core.personal import Holding, Topic
from marketplace.innovations.models import InnovationWant

HOLDINGS = (
    Holding(table=InnovationWant.__table__, topic=Topic.CONTENT, person=("user_id",), codes=("region_code",)),
)
