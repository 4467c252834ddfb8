"""The table of contents of the application."""

import os
from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask_compress import Compress

from marketplace import config
from marketplace.accounts.security import init_security
from marketplace.blueprints import register_blueprints
from marketplace.cli import register_commands
from marketplace.connections import init_connections
from marketplace.extensions import babel, csrf, db
from marketplace.files.storage import init_files
from marketplace.mail.sending import init_mail
from marketplace.matching.letters import mail as letter_mail
from marketplace.matching.letters import owing as letters
from marketplace.organisations.signed_in import find_signed_in
from marketplace.pages.tabs import tabs_of
from marketplace.regions.queries import zone_of
from marketplace.saved import alerting, alerting_mail, watch_mail
from marketplace.web.actors import init_actors
from marketplace.web.assets import init_assets
from marketplace.web.errors import init_errors
from marketplace.web.formats import init_formats
from marketplace.web.fragments import init_fragments
from marketplace.web.headers import init_headers
from marketplace.web.language import get_language, init_language
from marketplace.web.limits import init_limits
from marketplace.web.logs import init_logs
from marketplace.web.reports import init_reports
from marketplace.web.requests import init_requests
from marketplace.web.sessions import init_sessions
from marketplace.web.templating import init_templating
from marketplace.web.transaction import init_transactions
from marketplace.web.viewer import init_viewer


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """The application, configured from the environment; `overrides` are for tests."""
    app = Flask(__name__, static_folder=None, template_folder=str(config.ROOT / "templates"))
    app.config.from_mapping({**config.load(os.environ), **(overrides or {})})

    init_templating(app)
    init_logs(app)
    init_reports(app)
    init_connections(app, db)
    init_files(app)
    init_mail(
        app,
        prepare={
            alerting.TEMPLATE: alerting_mail.prepare,
            letters.TEMPLATE: letter_mail.prepare,
            **dict.fromkeys(watch_mail.TEMPLATES, watch_mail.prepare),
        },
    )
    babel.init_app(app, default_locale="id", default_timezone="UTC", locale_selector=get_language)
    csrf.init_app(app)
    init_limits(app)
    init_fragments(app)
    Compress(app)

    init_requests(app)
    init_sessions(app)
    init_headers(app)
    init_transactions(app)
    init_actors(
        app,
        init_security(app),
        lambda sid: find_signed_in(sid, demands_second_factor=app.config["SECOND_FACTOR_DEMANDED"]),
    )
    init_formats(app, zone_of=zone_of)
    init_errors(app)
    init_viewer(app, tabs_of=tabs_of)
    register_blueprints(app)
    register_commands(app)

    init_language(app)
    init_assets(app)
    return app
