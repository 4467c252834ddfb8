"""Slice -> URL prefix, in one readable list."""

from flask import Flask

from marketplace.innovations.views import innovations
from marketplace.pages.health import health
from marketplace.pages.views import pages
from marketplace.programme.views import programme
from marketplace.regions.views import regions

BLUEPRINTS = (
    (health, ""),
    (pages, ""),
    (regions, ""),
    (innovations, ""),
    (programme, ""),
)


def register_blueprints(app: Flask) -> None:
    """Registers every slice's blueprint under its prefix."""
    for blueprint, prefix in BLUEPRINTS:
        app.register_blueprint(blueprint, url_prefix=prefix or None)
