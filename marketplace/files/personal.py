"""What is known of uploaded files; their content belongs to the slices that link them."""

from sqlalchemy import true

from marketplace.core.personal import Holding, Topic
from marketplace.files.models import Blob

HOLDINGS = (
    Holding(
        table=Blob.__table__, topic=Topic.FILES, person=("uploaded_by",), words=("original_name",),
        codes=("sha256", "media_type", "storage_key", "scan_status"), secrets=("storage_key",),
        near=lambda _person: true(),
    ),
)  # fmt: skip
