"""Unexpected failures, reported to the operator's Sentry where SENTRY_DSN names one."""

from typing import Any

import sentry_sdk
from flask import Flask

KEPT = ("method", "url")


def init_reports(app: Flask) -> None:
    """Sends failures without bodies, cookies, headers or the reader; does nothing without a DSN."""
    if app.config["SENTRY_DSN"]:
        sentry_sdk.init(
            app.config["SENTRY_DSN"], send_default_pii=False, max_request_body_size="never", before_send=strip
        )


def strip(event: Any, _hint: Any) -> Any:
    """The event with nothing of the request but its method and address without query."""
    request = event.get("request")
    if request:
        event["request"] = {name: str(request[name]).split("?")[0] for name in KEPT if name in request}
    event.pop("user", None)
    return event
