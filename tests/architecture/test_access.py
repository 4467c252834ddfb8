"""Every route has a decided answer for every persona; a route without one fails."""

import pytest

from tests.architecture.access import ROUTES, Answer
from tests.architecture.access_world import build_world
from tests.personas import PEOPLE
from tests.support.clients import PageClient
from tests.support.searching import index_everything

PERSONAS = ("visitor", *PEOPLE)


def decided() -> set[tuple[str, str]]:
    return {(route.method, route.endpoint) for route in ROUTES}


def ways_in(app) -> set[tuple[str, str]]:
    return {
        (method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_every_route_is_in_the_table(app):
    assert ways_in(app) - decided() == set(), "decide who may, and say so in tests/architecture/access.py"
    assert decided() - ways_in(app) == set(), "these are gone: remove them from tests/architecture/access.py"


@pytest.fixture
def without_tokens(app):
    # Whether the token is asked for is proven for every route in tests/security.
    app.config["WTF_CSRF_ENABLED"] = False
    yield
    app.config["WTF_CSRF_ENABLED"] = True


@pytest.mark.usefixtures("without_tokens", "session")
@pytest.mark.parametrize("persona", PERSONAS)
def test_each_answer_is_as_decided(app, connection, persona):
    world = build_world()
    index_everything(app, connection)
    wrong, kept = [], {}
    for route in ROUTES:
        # Pages are checked where they are tested; here thousands of answers are only read.
        browser = PageClient(app, checks=False)
        if persona != "visitor":
            kept = kept or PageClient(app).sign_in(persona).kept
            browser.take_over(kept)
        path = route.path.format(**world)
        form = {name: value.format(**world) for name, value in route.sends}
        found = read_answer(browser.get(path) if route.method == "GET" else browser.post(path, form))
        if route.method != "GET" and found is Answer.MAY:
            # It may have ended the sign-in.
            kept = {}
        if found is not route.answer_for(persona):
            wrong.append(
                f"{route.method} {route.path} ({route.endpoint}): {found}, decided: {route.answer_for(persona)}"
            )
    assert not wrong, f"as {persona}:\n" + "\n".join(wrong)


def read_answer(response) -> Answer:
    """What the answer means for who asked; anything broken fails here."""
    assert response.status_code < 500, f"{response.request.path}: {response.status_code}"
    if response.status_code == 302 and "/masuk?next=" in response.headers["Location"]:
        return Answer.SIGN_IN
    by_status = {403: Answer.FORBIDDEN, 404: Answer.ABSENT, 410: Answer.GONE}
    return by_status.get(response.status_code, Answer.MAY)
