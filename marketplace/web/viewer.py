"""What layouts know about the reader."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request
from flask_wtf.csrf import generate_csrf

from marketplace.core.actor import Actor, Membership
from marketplace.web.actors import current_actor, current_unread
from marketplace.web.language import PREFIX, get_language, get_other_language_url, get_path

TabsOf = Callable[[Actor], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Viewer:
    """The signed-in reader, for the header; `tabs` are counted only where a workspace page draws them."""

    actor: Actor
    unread: int
    tabs_of: TabsOf

    @property
    def name(self) -> str:
        return self.actor.name

    @property
    def organisation_name(self) -> str:
        if self.actor.is_staff:
            return str(current_app.config["UNIT_NAME"])
        return self.actor.main.name if self.actor.main else ""

    @property
    def places(self) -> tuple[Membership, ...]:
        """The reader's organisations, the one acted for first."""
        return self.actor.memberships

    @property
    def tabs(self) -> list[dict[str, Any]]:
        return self.tabs_of(self.actor)


def init_viewer(app: Flask, *, tabs_of: TabsOf) -> None:
    """Gives every template the viewer, the language and this page's addresses."""
    app.jinja_env.globals["csrf_token"] = generate_csrf

    @app.context_processor
    def layout_context() -> dict[str, Any]:
        if not request:
            return {"lang": "id", "config": current_app.config}
        actor = current_actor()
        language = get_language()
        base = current_app.config["BASE_URL"]
        return {
            "viewer": Viewer(actor, current_unread(), tabs_of) if actor.is_signed_in else None,
            "actor": actor,
            "lang": language,
            "prefix": request.script_root,
            "other_lang_url": get_other_language_url(),
            "canonical_url": f"{base}{request.script_root}{get_path()}",
            "alternate_urls": {"id": f"{base}{get_path()}", "en": f"{base}{PREFIX}{get_path()}"},
            "base_url": base,
            "demo": current_app.config["DEMO"],
            "unit_name": current_app.config["UNIT_NAME"],
            "ministry_name": current_app.config["MINISTRY_NAME"],
        }
