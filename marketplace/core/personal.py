"""What a slice says of the people in its tables; `privacy` reads it from every slice's personal.py.

Each column that can hold a word, and each that holds a person's number, stands in one of the kinds below. A column
without a place fails tests/privacy/test_registry.py.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, false, or_


class Topic(StrEnum):
    """The lines of the page that tells a person what is held; their words are in privacy/labels.py."""

    ACCOUNT = "account"
    SIGN_INS = "sign_ins"
    CONSENT = "consent"
    MEMBERSHIP = "membership"
    ORGANISATION = "organisation"
    CONTENT = "content"
    FILES = "files"
    NEWS = "news"
    TRAIL = "trail"
    RIGHTS = "rights"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person as the tables may know them: number, names, addresses, phones, organisations."""

    user_id: int
    at: datetime
    names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    organisation_ids: tuple[int, ...] = ()
    # Where nobody else is a member.
    alone_in: tuple[int, ...] = ()


Rows = Callable[[Person], ColumnElement[bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What one table holds of a person. A row is theirs where one of the `person` columns is their number."""

    # A Table; the ORM declares its `__table__` wider than it is.
    table: Any
    topic: Topic
    # Numbers of people. They stay: without the account's words they name nobody.
    person: tuple[str, ...] = ()
    # Said of the person; value (or what makes it from the Person): what stands there after the erasure.
    hers: Mapping[str, Any] = field(default_factory=dict)
    # Words of people in which the person may be named: name, address and phone are struck out of them.
    words: tuple[str, ...] = ()
    # Contacts of an office: emptied where they are the person's own.
    offices: tuple[str, ...] = ()
    # Parts of web addresses: like words, but what is struck out must stay an address.
    slugs: tuple[str, ...] = ()
    # Statuses, codes, names of files in the storage, names of organisations: of no person.
    codes: tuple[str, ...] = ()
    # Of these above, what is never handed out: hashes and one-time secrets.
    secrets: tuple[str, ...] = ()
    # The rows of the person, where `person` does not say it.
    own: Rows | None = None
    # The rows in which words may name the person; None: own rows only.
    near: Rows | None = None
    # Whether the person's rows go with them.
    ends: bool = False
    # What the audit trail calls an object of this table.
    kind: str | None = None
    # Before the rows are touched: what lies outside of the database, or needs more than a column.
    first: Callable[[Person], None] | None = None
    # Who is told of the ids out of which something was struck.
    struck: Callable[[Sequence[int]], None] | None = None

    def theirs(self, person: Person) -> ColumnElement[bool]:
        """The rows of the person."""
        if self.own is not None:
            return self.own(person)
        numbers = [self.table.c[name] == person.user_id for name in self.person]
        return or_(false(), *numbers)

    def around(self, person: Person) -> ColumnElement[bool]:
        """The rows in which words may name the person."""
        return self.theirs(person) if self.near is None else or_(self.theirs(person), self.near(person))

    @property
    def decided(self) -> frozenset[str]:
        """The columns that have a place."""
        return frozenset((*self.person, *self.hers, *self.words, *self.offices, *self.slugs, *self.codes))
