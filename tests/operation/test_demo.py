"""The demonstration: into a new database, once, and no mail of anybody else is lost by it."""

import json
import stat
from pathlib import Path

from flask import Flask
from sqlalchemy import select, text

from marketplace.demo.people import PEOPLE
from marketplace.extensions import db
from marketplace.mail.models import Delivery


def run(app: Flask, *words: str) -> str:
    result = app.test_cli_runner().invoke(args=list(words))
    assert result.exit_code == 0, result.output
    return str(result.output)


def test_the_demonstration_comes_once_and_leaves_real_letters_alone(empty: Flask) -> None:
    empty.config["DEMO"] = True
    run(empty, "db-upgrade")
    run(empty, "load-reference")
    run(empty, "create-staff", "laip@example.com")
    assert f"{len(PEOPLE)} accounts" in run(empty, "load-demo")
    (kept,) = db.session.scalars(select(Delivery)).all()
    jobs = db.session.scalars(
        text("SELECT args->>'delivery_id' FROM procrastinate_jobs WHERE queue_name = 'mail'")
    )
    assert (kept.template, jobs.all()) == ("account_staff", [str(kept.id)])
    accounts = Path(empty.config["INSTANCE_DIR"]) / "demo-accounts.json"
    assert stat.S_IMODE(accounts.stat().st_mode) == 0o600
    assert {row["persona"] for row in json.loads(accounts.read_text())} == {
        person.persona for person in PEOPLE
    }
    assert "nothing loaded" in run(empty, "load-demo")


def test_where_it_does_not_belong_it_is_refused(empty: Flask) -> None:
    result = empty.test_cli_runner().invoke(args=["load-demo"])
    assert result.exit_code == 1
    assert "never loaded here" in result.output
