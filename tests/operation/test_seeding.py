"""seed-synthetic: invented rows in any number, the same for a seed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from marketplace.app import create_app
from marketplace.connections import close_connections
from marketplace.extensions import db
from marketplace.search.finding import find
from marketplace.search.index import open_index
from marketplace.search.query import SearchRequest
from tests.conftest import test_settings as settings_for_tests
from tests.search.documents import NOW
from tests.support.databases import drop, make_from_template

ROWS = (
    "SELECT tail, slug, status, region_code, closes_at FROM opportunities WHERE origin = 'posted' ORDER BY id"
)


@pytest.fixture
def app(server_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application on a database of its own: COPY commits."""
    url = make_from_template(server_url)
    app = create_app(settings_for_tests(url, tmp_path) | {"PRODUCTION": False})
    with app.app_context():
        yield app
        db.session.remove()
        close_connections(db)
    drop(url)


def seed(app: Flask, *words: str) -> str:
    result = app.test_cli_runner().invoke(args=["seed-synthetic", "--today", "2026-06-01", *words])
    assert result.exit_code == 0, result.output
    return result.output


def rows(app: Flask) -> list[tuple[object, ...]]:
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(ROWS))]


def test_listings_partners_and_the_index_are_filled(app: Flask):
    assert "listings indexed" in seed(app, "--opportunities", "60", "--partners", "5", "--seed", "7")
    made = rows(app)
    assert len(made) == 60
    assert len({tail for tail, *_ in made}) == 60
    with db.engine.connect() as connection:
        partners = connection.execute(
            text("SELECT count(*) FROM partner_profiles WHERE legal_name LIKE 'PT Rekaan%'")
        )
        assert partners.scalar_one() == 5
    public = sum(status in ("published", "partner_found", "no_partner") for _, _, status, *_ in made)
    found = find(open_index().view(), SearchRequest(NOW))
    assert found.total - found.counts["status"]["example"] == public


def test_another_seed_gives_other_rows_beside_the_first(app: Flask):
    seed(app, "--opportunities", "20", "--seed", "1", "--no-index")
    first = rows(app)
    seed(app, "--opportunities", "20", "--seed", "2", "--no-index")
    both = rows(app)
    assert both[:20] == first
    assert not {row[0] for row in first} & {row[0] for row in both[20:]}


def test_the_same_seed_gives_the_same_rows(app: Flask, server_url: str, tmp_path: Path):
    seed(app, "--opportunities", "15", "--seed", "3", "--no-index")
    first = rows(app)
    url = make_from_template(server_url)
    other = create_app(settings_for_tests(url, tmp_path / "other") | {"PRODUCTION": False})
    with other.app_context():
        seed(other, "--opportunities", "15", "--seed", "3", "--no-index")
        again = rows(other)
        db.session.remove()
        close_connections(db)
    drop(url)
    assert again == first


def test_production_is_refused(app: Flask):
    app.config["PRODUCTION"] = True
    result = app.test_cli_runner().invoke(args=["seed-synthetic", "--opportunities", "1"])
    assert result.exit_code != 0
    assert "refused" in result.output


def test_the_index_is_built_only_where_it_is_missing(app: Flask):
    runner = app.test_cli_runner()
    first = runner.invoke(args=["search-rebuild", "--if-missing"])
    again = runner.invoke(args=["search-rebuild", "--if-missing"])
    assert "listings indexed" in first.output
    assert again.output == "search index: present\n"
