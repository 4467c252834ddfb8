"""What accounts hold of a person."""

from uuid import uuid4

from marketplace.accounts.models import Consent, SignIn, User, user_roles
from marketplace.core.personal import Holding, Person, Topic


def _no_address(person: Person) -> str:
    # The column is unique; .invalid is reserved for addresses that reach nobody.
    return f"{person.user_id}@dihapus.invalid"


HOLDINGS = (
    Holding(
        table=User.__table__, topic=Topic.ACCOUNT, person=("id",),
        hers={
            "name": "", "email": _no_address, "password": None, "language": "id", "active": False,
            "fs_uniquifier": lambda _person: uuid4().hex, "erased_at": lambda person: person.at,
        },
        codes=("terms_version",), secrets=("password", "fs_uniquifier"), kind="user",
    ),
    Holding(table=user_roles, topic=Topic.ACCOUNT, person=("user_id",), ends=True),
    Holding(
        table=SignIn.__table__, topic=Topic.SIGN_INS, person=("user_id",), hers={"agent": "", "sid_hash": b""},
        secrets=("sid_hash",), ends=True,
    ),
    Holding(table=Consent.__table__, topic=Topic.CONSENT, person=("user_id",), codes=("kind", "version", "step")),
)  # fmt: skip
