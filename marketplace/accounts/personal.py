"""What accounts hold of a person."""

from uuid import uuid4

from marketplace.accounts.models import (
    AddressChange,
    Authenticator,
    Consent,
    Passkey,
    RecoveryCode,
    SignIn,
    User,
    user_roles,
)
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
    Holding(
        table=Passkey.__table__, topic=Topic.SIGN_INS, person=("user_id",), ends=True,
        hers={"name": "", "credential_id": b"", "public_key": b"", "transports": []},
        secrets=("credential_id", "public_key"),
    ),
    Holding(
        table=Authenticator.__table__, topic=Topic.SIGN_INS, person=("user_id",), hers={"secret": ""},
        secrets=("secret",), ends=True,
    ),
    Holding(
        table=RecoveryCode.__table__, topic=Topic.SIGN_INS, person=("user_id",), hers={"code_hash": b""},
        secrets=("code_hash",), ends=True,
    ),
    Holding(
        table=AddressChange.__table__, topic=Topic.ACCOUNT, person=("user_id",), ends=True,
        hers={"new_email": "", "old_token_hash": b"", "new_token_hash": b""},
        secrets=("old_token_hash", "new_token_hash"),
    ),
    Holding(table=Consent.__table__, topic=Topic.CONSENT, person=("user_id",), codes=("kind", "version", "step")),
)  # fmt: skip
