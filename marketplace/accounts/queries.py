from sqlalchemy import func, select

from marketplace.accounts.models import Role, User, user_roles
from marketplace.core.actor import StaffRole
from marketplace.extensions import db


def find_by_email(email: str) -> User | None:
    """The account of an address, whatever its capitals; None where nobody has it."""
    return db.session.scalar(select(User).where(func.lower(User.email) == email.strip().lower()))


def list_moderator_ids() -> list[int]:
    """The user ids of LAIP's moderators, for notices."""
    return list(
        db.session.scalars(
            select(User.id)
            .join(user_roles, user_roles.c.user_id == User.id)
            .join(Role, Role.id == user_roles.c.role_id)
            .where(Role.name == StaffRole.MODERATOR, User.active, User.erased_at.is_(None))
            .order_by(User.id)
        )
    )
