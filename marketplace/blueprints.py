"""Slice -> URL prefix, in one readable list."""

from flask import Flask

from marketplace.accounts.views import accounts, security
from marketplace.innovations.views import innovations
from marketplace.opportunities.finding_views import finding
from marketplace.pages.health import health
from marketplace.pages.machine_views import machines
from marketplace.pages.views import pages
from marketplace.programme.views import programme
from marketplace.regions.views import regions

BLUEPRINTS = (
    (health, ""),
    (pages, ""),
    (machines, ""),
    (security, ""),
    (accounts, "/dasbor/akun"),
    (finding, ""),
    (regions, ""),
    (innovations, ""),
    (programme, ""),
)


def register_blueprints(app: Flask) -> None:
    """Registers every slice's blueprint under its prefix."""
    for blueprint, prefix in BLUEPRINTS:
        app.register_blueprint(blueprint, url_prefix=prefix or None)
