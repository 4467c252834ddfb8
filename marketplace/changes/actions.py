from marketplace.changes.models import Change
from marketplace.extensions import db


def record(kind: str, object_id: int) -> None:
    """Notes in this transaction that something public or scored changed; followers read it after the commit."""
    db.session.add(Change(kind=kind, object_id=object_id))
