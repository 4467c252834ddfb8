"""What an operator types wrongly or too early is told in one sentence, with an exit code."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.cli import routes_command
from sqlalchemy import func, select

from marketplace.accounts.models import User
from marketplace.accounts.queries import find_by_email, list_moderator_ids
from marketplace.app import create_app
from marketplace.config import ROOT
from marketplace.extensions import db
from marketplace.mail.models import Delivery
from marketplace.search.index import home_of
from marketplace.search.locks import held
from tests.conftest import test_settings as settings_for_tests
from tests.personas import PEOPLE
from tests.support.times import PATIENCE

DATABASE_COMMANDS = (
    "db-upgrade",
    "load-reference",
    "create-staff a@example.com",
    "seed-synthetic",
    "search-rebuild",
)


def run(app: Flask, line: str | list[str]) -> Any:
    return app.test_cli_runner().invoke(args=line.split() if isinstance(line, str) else line)


def refusal(app: Flask, line: str | list[str]) -> str:
    """The last line that a refused command prints; no stack."""
    result = run(app, line)
    assert result.exit_code in (1, 2), result.output
    assert isinstance(result.exception, SystemExit), result.exception
    return str(result.output.strip().splitlines()[-1])


@pytest.mark.parametrize("line", DATABASE_COMMANDS)
def test_no_database_is_one_sentence(tmp_path: Path, line: str) -> None:
    app = create_app(
        settings_for_tests("postgresql+psycopg://127.0.0.1:1/absent", tmp_path) | {"PRODUCTION": False}
    )
    with app.app_context():
        told = refusal(app, line)
    assert told.startswith("Error: The database does not answer, see DATABASE_URL: connection failed")


@pytest.mark.parametrize("line", DATABASE_COMMANDS[1:])
def test_an_empty_database_is_one_sentence(empty: Flask, line: str) -> None:
    assert refusal(empty, line) == "Error: The database lacks tables: run `flask db-upgrade` first."


@pytest.mark.parametrize(
    "words",
    [["laip"], ["@"], ["a@b@c"], ["laip @example.com"], ["laip@example"], ["laip@example.com\n"], [""]],
)
def test_no_address_no_staff(app: Flask, session: Any, words: list[str]) -> None:
    before = session.scalar(select(func.count()).select_from(User))
    assert "is no e-mail address" in refusal(app, ["create-staff", *words])
    assert session.scalar(select(func.count()).select_from(User)) == before


@pytest.mark.parametrize("name", ["www.jahat.example", "x" * 121])
def test_no_name_no_staff(app: Flask, session: Any, name: str) -> None:
    assert "--name" in refusal(app, ["create-staff", "laip@example.com", "--name", name])
    assert find_by_email("laip@example.com") is None


def test_an_unknown_role_names_the_known_ones(app: Flask, session: Any) -> None:
    assert "moderator" in refusal(app, "create-staff laip@example.com --role admin")


def test_an_account_that_is_switched_off_is_not_appointed(app: Flask, session: Any) -> None:
    user = find_by_email(PEOPLE["investor"].email)
    assert user is not None
    user.active = False
    session.flush()
    assert "is switched off" in refusal(app, f"create-staff {user.email}")
    assert user.id not in list_moderator_ids()


def test_a_staff_member_gets_link_and_letter(committed: Flask) -> None:
    with committed.app_context():
        result = run(committed, ["create-staff", "laip@example.com", "--name", "Maya Lestari"])
        assert result.exit_code == 0, result.output
        assert "http://localhost/kata-sandi-baru/" in result.output
        user = find_by_email("laip@example.com")
        assert user is not None
        assert (user.name, user.id in list_moderator_ids()) == ("Maya Lestari", True)
        assert db.session.scalars(select(Delivery.template)).all() == ["account_staff"]


@pytest.mark.parametrize(
    "words, named",
    [
        ("--opportunities -3", "--opportunities"),
        ("--opportunities many", "--opportunities"),
        ("--partners -1", "--partners"),
        ("--today 2026-13-01", "--today"),
        ("--today 0001-01-01", "--today"),
        ("--today 9999-12-31", "--today"),
    ],
)
def test_rows_that_cannot_be_invented(app: Flask, session: Any, words: str, named: str) -> None:
    app.config["PRODUCTION"] = False
    assert named in refusal(app, f"seed-synthetic {words}")


def test_the_same_seed_twice_is_one_sentence(committed: Flask) -> None:
    line = "seed-synthetic --opportunities 3 --partners 2 --today 2026-06-01 --no-index"
    with committed.app_context():
        assert run(committed, line).exit_code == 0
        assert refusal(committed, line) == "Error: Rows of seed 1 are there already: choose another --seed."


def test_a_database_without_regions_is_one_sentence(empty: Flask) -> None:
    assert run(empty, "db-upgrade").exit_code == 0
    assert "load-reference" in refusal(empty, "seed-synthetic --opportunities 3")


def test_two_upgrades_at_once_both_end_well(empty: Flask, tmp_path: Path) -> None:
    environment = {
        **os.environ, "DATABASE_URL": empty.config["SQLALCHEMY_DATABASE_URI"], "INSTANCE_DIR": str(tmp_path),
        "APP_ENV": "development",
    }  # fmt: skip
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "db-upgrade"]
    both = [
        subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for _number in range(2)
    ]
    said = [process.communicate(timeout=PATIENCE)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said


def test_two_rebuilds_at_once_are_one_sentence(committed: Flask) -> None:
    with committed.app_context(), held(home_of(committed.config["INSTANCE_DIR"]).root / "rebuild.lock"):
        assert "Another process" in refusal(committed, "search-rebuild")


def test_routes_are_listed(app: Flask) -> None:
    told = app.test_cli_runner().invoke(routes_command, [])
    assert told.exit_code == 0, told.output
    assert "/kata-sandi-baru/<token>" in told.output


def test_the_worker_knows_every_job() -> None:
    asked = "from marketplace.operation.working import queue; print(*sorted(queue.tasks))"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    names = {name.rpartition(".")[2] for name in done.stdout.split()}
    assert {"send_delivery", "sweep_files", "forget_lapsed_counts", "rescue_jobs_of_dead_workers"} <= names
