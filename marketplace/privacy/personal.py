"""What the rights themselves leave: a copy for some days, the wish to be erased."""

from sqlalchemy import select

from marketplace.core.personal import Holding, Person, Topic
from marketplace.extensions import db
from marketplace.files.storage import file_store
from marketplace.privacy.models import DataExport, Erasure


def _drop_copy(person: Person) -> None:
    for key in db.session.scalars(select(DataExport.storage_key).where(DataExport.user_id == person.user_id)):
        file_store().delete(key)


HOLDINGS = (
    Holding(
        table=DataExport.__table__, topic=Topic.RIGHTS, person=("user_id",), codes=("storage_key",),
        secrets=("storage_key",), ends=True, first=_drop_copy,
    ),
    Holding(table=Erasure.__table__, topic=Topic.RIGHTS, person=("user_id",), hers={"phones": ""}, codes=("status",)),
)  # fmt: skip
