"""Slice -> URL prefix, in one readable list."""

from flask import Flask

from marketplace.pages.health import health
from marketplace.pages.views import pages

BLUEPRINTS = (
    (health, ""),
    (pages, ""),
)


def register_blueprints(app: Flask) -> None:
    """Registers every slice's blueprint under its prefix."""
    for blueprint, prefix in BLUEPRINTS:
        app.register_blueprint(blueprint, url_prefix=prefix or None)
