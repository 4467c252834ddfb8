"""Where a person goes on after signing in."""

from flask import request

from marketplace.web.access import is_safe_target
from marketplace.web.language import PREFIX


def wanted_target(text: str | None) -> str:
    """The page asked for by `next`, in the language being read; "" where it is absent or leads elsewhere."""
    if not is_safe_target(text) or text is None:
        return ""
    bare = text.removeprefix(PREFIX) if text.startswith(PREFIX + "/") or text == PREFIX else text
    bare = bare or "/"
    return request.script_root + bare if is_safe_target(bare) else ""


def target_or(text: str | None, otherwise: str) -> str:
    """The page asked for, or another path of ours (without language prefix)."""
    return wanted_target(text) or request.script_root + otherwise
