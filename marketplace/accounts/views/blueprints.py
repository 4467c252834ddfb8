from flask import Blueprint, Response, abort, request

security = Blueprint("security", __name__)
accounts = Blueprint("accounts", __name__)

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


@security.before_request
def take_forms_only() -> None:
    """Sign-in and recovery answer people's forms, never programs' JSON."""
    if request.method == "POST" and request.mimetype not in FORMS:
        abort(415)


@security.after_request
def never_store(response: Response) -> Response:
    """These pages carry tokens and typed addresses: no cache keeps them."""
    response.headers["Cache-Control"] = "private, no-store"
    return response
