"""The worker and the command: first lists, once however often called, and nothing of it in a web process."""

import os
import subprocess
import sys
from contextlib import nullcontext
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from marketplace.changes import actions as changes
from marketplace.config import ROOT
from marketplace.extensions import db
from marketplace.matching import jobs
from marketplace.matching.factors import Side
from marketplace.matching.lists import kept_world, refreshing
from marketplace.matching.models import MatchList
from tests.factories.opportunities import a_published_opportunity, an_organisation_id
from tests.support.committed import committed
from tests.support.threads import in_own_thread

__all__ = ["committed"]
WAITING = text("SELECT task_name FROM procrastinate_jobs WHERE status = 'todo' AND queue_name = 'matching'")


def waiting() -> list[str]:
    db.session.rollback()
    return [name.rpartition(".")[2] for name in db.session.scalars(WAITING)]


def refresh(app: Flask, *options: str) -> tuple[int, str]:
    """The command's exit code and last line; in a thread of its own, since it steps back for good."""
    told: list[Any] = []
    in_own_thread(lambda: told.append(app.test_cli_runner().invoke(args=["match-refresh", *options])))
    return told[0].exit_code, told[0].output.strip().splitlines()[-1].rpartition("\r")[2]


def test_the_first_lists_come_by_themselves_and_changes_call_once(
    committed: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", committed.config["SQLALCHEMY_DATABASE_URI"])
    with committed.app_context():
        listing = a_published_opportunity().id
        db.session.commit()
        jobs.match_by_the_clock(0)
        jobs.match_by_the_clock(1)
        assert waiting() == ["make_lists"]
        jobs.make_lists()
        db.session.rollback()
        investor, startup = an_organisation_id("investor"), an_organisation_id("startup")
        mine = (MatchList.side == Side.LISTING, MatchList.owner_id == listing)
        assert sorted(db.session.scalar(select(MatchList.ids).where(*mine)) or []) == [investor, startup]
        changes.record("opportunity", listing)
        db.session.commit()
        jobs.call_for_matching(db.engine)
        jobs.call_for_matching(db.engine)
        assert sorted(waiting()) == ["make_lists", "match"]
        db.session.execute(text("DELETE FROM procrastinate_jobs"))
        db.session.commit()
        jobs.match_by_the_clock(2)
        assert waiting() == []
    kept_world.forget()


@pytest.mark.parametrize("code, failed", [(0, False), (75, False), (-9, False), (1, True)])
def test_only_a_failure_of_the_program_fails_the_job(
    monkeypatch: pytest.MonkeyPatch, code: int, failed: bool
) -> None:
    end = f"import os; os.kill(os.getpid(), {-code})" if code < 0 else f"raise SystemExit({code})"
    monkeypatch.setattr(jobs, "COMMAND", [sys.executable, "-IS", "-c", end])
    with pytest.raises(subprocess.CalledProcessError) if failed else nullcontext():
        jobs.refresh_by_night(0)


def test_the_command_says_what_it_did_and_two_at_once_are_one_sentence(committed: Flask) -> None:
    with committed.app_context():
        a_published_opportunity()
        db.session.commit()
        with refreshing.alone():
            assert refresh(committed) == (
                75, "Error: Another process is making the suggestions already; this one is not needed.",
            )  # fmt: skip
    for options, what in (
        ((), "all scored anew"),
        ((), "0 without an entry"),
        (("--all",), "all scored anew"),
    ):
        code, line = refresh(committed, *options)
        assert (code, line.partition(",")[0]) == (0, "1 lists of listings and 2 of partners")
        assert what in line
    kept_world.forget()


def test_a_web_process_loads_none_of_the_engines_libraries() -> None:
    code = "import sys, wsgi; sys.exit(bool({'numpy', 'scipy'} & set(sys.modules)))"
    environment = {**os.environ, "APP_ENV": "development", "DATABASE_URL": "postgresql:///nobody"}
    assert (
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=False).returncode == 0
    )
