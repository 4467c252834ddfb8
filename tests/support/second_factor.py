"""Staff sign in with two proofs on a running site; here the second one is a recovery code, each used once."""

from collections.abc import Iterator
from itertools import count

from sqlalchemy import select

from marketplace.accounts import recovery_codes
from marketplace.accounts.models import Authenticator, RecoveryCode, User
from marketplace.accounts.rules import parse_recovery_code
from marketplace.core import clock
from marketplace.extensions import db
from tests.personas import PEOPLE

ENOUGH = 300
_used: dict[str, Iterator[int]] = {}


def give_staff_codes() -> None:
    """Every member of staff has an authenticator app (whose secret nobody needs) and many recovery codes."""
    now = clock.now()
    for person in (person for person in PEOPLE.values() if person.staff):
        user_id = db.session.scalars(select(User.id).where(User.email == person.email)).one()
        db.session.add(Authenticator(user_id=user_id, secret="{}", begun_at=now, confirmed_at=now))
        db.session.add_all(
            RecoveryCode(user_id=user_id, code_hash=_hash_of(user_id, number), created_at=now)
            for number in range(ENOUGH)
        )
    db.session.commit()


def next_code(email: str) -> str:
    """A code of that person which no test has used yet."""
    return _code(next(_used.setdefault(email, count())))


def _code(number: int) -> str:
    return f"{number:016d}"


def _hash_of(user_id: int, number: int) -> bytes:
    letters = parse_recovery_code(_code(number))
    assert letters
    return recovery_codes.hash_of(user_id, letters)
