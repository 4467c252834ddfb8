"""The steps of an erasure, and what stands in its way."""

from marketplace.accounts.queries import list_moderator_ids
from marketplace.lifecycle.actions import StatusTable
from marketplace.privacy import policy, queries, rules

TABLE = StatusTable("erasure", rules.STEPS, policy.may)
PAGE = "/dasbor/akun/data"


def refuse_while_needed(user_id: int) -> None:
    """Raises StillNeeded where an organisation would be left with open things, LastModerator where the queue would."""
    if queries.list_obstacles(user_id):
        raise rules.StillNeeded
    if list_moderator_ids() == [user_id]:
        raise rules.LastModerator
