from typing import Any

from marketplace.core.actor import Actor


def may(actor: Actor, party: str, erasure: Any) -> bool:
    """For the status table: a person about themselves; what is due is done by the system."""
    if party == "system":
        return actor.system
    return party == "person" and actor.user_id is not None and actor.user_id == erasure.user_id
