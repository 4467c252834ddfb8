"""What an approver reads beside a version: who wrote which field, and the remarks of the last round."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from marketplace.accounts.models import User
from marketplace.audit.queries import shown_name
from marketplace.extensions import db
from marketplace.opportunities.models import OpportunityVersion, VersionMark, VersionWriting


@dataclass(frozen=True, slots=True)
class Writing:
    """Who last wrote in a field, and when."""

    name: str
    at: datetime

    @property
    def who(self) -> Any:
        return shown_name(self.name)


@dataclass(frozen=True, slots=True)
class EarlierMark:
    """A remark of the last round; `followed`: the field was written since."""

    remark: str
    at: datetime
    followed: bool


def list_writings(version_id: int) -> dict[str, Writing]:
    """By field, the last who wrote in it since this version began."""
    rows = db.session.execute(
        select(VersionWriting.field, User.name, VersionWriting.written_at)
        .join(User, User.id == VersionWriting.user_id)
        .where(VersionWriting.version_id == version_id)
        .ext(distinct_on(VersionWriting.field))
        .order_by(VersionWriting.field, VersionWriting.written_at.desc())
    )
    return {row.field: Writing(row.name, row.written_at) for row in rows}


def list_writers(version: OpportunityVersion) -> set[int]:
    """Everybody who wrote in this version; who began it, where nobody has written yet."""
    found = set(
        db.session.scalars(select(VersionWriting.user_id).where(VersionWriting.version_id == version.id))
    )
    return found or ({version.edited_by} if version.edited_by is not None else set())


def list_earlier_marks(version_id: int, writings: dict[str, Writing]) -> dict[str, EarlierMark]:
    """By field, what was asked for before the version was sent again."""
    rows = db.session.execute(
        select(VersionMark.field, VersionMark.remark, VersionMark.made_at)
        .where(VersionMark.version_id == version_id, VersionMark.settled_at.is_not(None))
        .order_by(VersionMark.id)
    )
    return {
        row.field: EarlierMark(
            row.remark, row.made_at, row.field in writings and writings[row.field].at > row.made_at
        )
        for row in rows
    }
