"""The tab row of a workspace: where this person's work is."""

from typing import Any

from marketplace.core.actor import Actor


def tabs_of(actor: Actor) -> list[dict[str, Any]]:
    """Tabs as {url, label, count, warm, active}."""
    return []
