"""Every route has a decided answer for every persona; a route without one fails."""

import pytest

from marketplace.extensions import db
from tests.architecture.access import BY_ENDPOINT, WORLD, Answers, Route, build_world
from tests.personas import PEOPLE

VISITOR = "visitor"
PERSONAS = (VISITOR, *PEOPLE)


@pytest.fixture
def world(app, session):
    app.config["WTF_CSRF_ENABLED"] = False
    yield build_world()
    app.config["WTF_CSRF_ENABLED"] = True


def test_every_route_is_in_the_table(app):
    rules = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert rules - BY_ENDPOINT.keys() == set(), (
        "decide who may, and add these to tests/architecture/access.py"
    )
    assert BY_ENDPOINT.keys() - rules == set(), (
        "these routes are gone: remove them from tests/architecture/access.py"
    )


def test_the_world_names_every_place_used(app):
    used = {name for route in BY_ENDPOINT.values() for name in route.places}
    assert used <= set(WORLD)


CASES = [
    pytest.param(route, persona, id=f"{route.endpoint}-{persona}")
    for route in BY_ENDPOINT.values()
    for persona in PERSONAS
]


@pytest.mark.parametrize("route, persona", CASES)
def test_answer(world, client, client_as, route: Route, persona: str):
    browser = client if persona == VISITOR else client_as(persona)
    path = route.path.format(**world)
    answer = browser.get(path) if route.method == "GET" else browser.post(path, route.form(world))
    db.session.rollback()
    told = f"{answer.status_code} {answer.headers.get('Location', '')}".strip()
    expected = route.answers.of(persona)
    assert answer.status_code == expected.status, (
        f"{route.method} {path} as {persona}: {told}, decided: {expected}"
    )
    if expected.to_sign_in:
        assert "/masuk?next=" in answer.headers["Location"]
