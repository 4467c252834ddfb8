"""Unexpected failures, reported to the operator's Sentry where SENTRY_DSN names one."""

from typing import Any

import sentry_sdk
from flask import Flask

# No address: it may be a one-time link. The endpoint stands in the event's transaction.
KEPT = ("method",)


def init_reports(app: Flask) -> None:
    """Sends failures without bodies, cookies, headers or the reader; does nothing without a DSN."""
    if app.config["SENTRY_DSN"]:
        sentry_sdk.init(
            app.config["SENTRY_DSN"],
            send_default_pii=False,
            include_local_variables=False,
            max_request_body_size="never",
            before_send=strip,
        )


def strip(event: Any, _hint: Any) -> Any:
    """The event with nothing of the request but its method."""
    request = event.get("request")
    if request:
        event["request"] = {name: request[name] for name in KEPT if name in request}
    event.pop("user", None)
    return event
