"""an interest whose match LAIP refused is over, so that its partner may write another"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

NAME = "ck_interests_status"
BEFORE = "status IN ('draft', 'sent', 'shortlisted', 'more_info', 'accepted', 'declined', 'withdrawn')"
AFTER = BEFORE.replace("'withdrawn')", "'withdrawn', 'not_introduced')")

END_REFUSED = """
    UPDATE interests SET status = 'not_introduced', revision = interests.revision + 1
    FROM collaborations WHERE collaborations.interest_id = interests.id AND collaborations.status = 'refused'
    AND interests.status = 'accepted'
"""
# Accepted again where it is the partner's newest and no other is open: one of those is all that the index takes.
BACK = """
    UPDATE interests SET status = 'accepted', revision = revision + 1
    WHERE status = 'not_introduced' AND NOT EXISTS (
        SELECT FROM interests other
        WHERE other.opportunity_id = interests.opportunity_id AND other.organisation_id = interests.organisation_id
        AND (other.status IN ('draft', 'sent', 'shortlisted', 'more_info', 'accepted')
             OR other.status = 'not_introduced' AND other.id > interests.id)
    )
"""
REST = """
    UPDATE interests SET status = 'declined', decision_reason = 'other', revision = revision + 1
    WHERE status = 'not_introduced'
"""


def upgrade() -> None:
    op.drop_constraint(op.f(NAME), "interests", type_="check")
    op.create_check_constraint(op.f(NAME), "interests", AFTER)
    op.execute(sa.text(END_REFUSED))


def downgrade() -> None:
    op.execute(sa.text(BACK))
    op.execute(sa.text(REST))
    op.drop_constraint(op.f(NAME), "interests", type_="check")
    op.create_check_constraint(op.f(NAME), "interests", BEFORE)
