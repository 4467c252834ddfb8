"""A worker killed in the middle: every mail is there in the end, one file each."""

import asyncio
import os
import subprocess
import sys
import time
from email import message_from_bytes
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text

from marketplace.accounts.models import User
from marketplace.config import ROOT
from marketplace.core import clock
from marketplace.extensions import db, queue
from marketplace.mail import actions as mail
from marketplace.mail.models import Delivery
from marketplace.operation.working import connector_for, rescue_jobs_of_dead_workers, work
from tests.support.threads import in_own_thread

MAILS = 100
WITHIN = 90
UNSENT = "SELECT count(*) FROM mail_deliveries WHERE sent_at IS NULL"
PARAMS = {"title_id": "SPAM", "title_en": "", "partner": "PT Uji", "pemda": "Pemkot Uji"}


def owe(app: Flask, number: int) -> set[str]:
    """Owes so many mails in one transaction; their file names."""
    with app.app_context():
        user_id = db.session.scalars(select(User.id).order_by(User.id)).first() or 0
        owed = [
            mail.owe(
                user_id=user_id, template="match_proposed", params=PARAMS, path="/dasbor", now=clock.now()
            )
            for _number in range(number)
        ]
        names = {f"{delivery.id}.eml" for delivery in owed}
        db.session.commit()
        db.session.remove()
    return names


def files_of(app: Flask) -> set[str]:
    folder = Path(app.config["INSTANCE_DIR"]) / "mail"
    return {file.name for file in folder.glob("*")} if folder.exists() else set()


def count(app: Flask, statement: str) -> int:
    with app.app_context():
        number = db.session.scalar(text(statement))
        db.session.remove()
    return int(number or 0)


def rescue(app: Flask) -> None:
    """Runs the periodic check once."""
    connector = connector_for(app.config["SQLALCHEMY_DATABASE_URI"])

    async def check() -> None:
        async with queue.open_async():
            await rescue_jobs_of_dead_workers.func(timestamp=0)

    with queue.replace_connector(connector):
        in_own_thread(lambda: asyncio.run(check()))


def test_the_job_of_a_dead_worker_runs_again(committed: Flask) -> None:
    """What a kill -9 leaves behind: a job that is `doing`, of a worker whose heart stopped."""
    names = owe(committed, 3)
    with committed.app_context():
        db.session.execute(
            text(
                "WITH dead AS (INSERT INTO procrastinate_workers (last_heartbeat)"
                " VALUES (now() - interval '1 minute') RETURNING id)"
                " UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM dead)"
                " WHERE queue_name = 'mail'"
            )
        )
        db.session.commit()
        db.session.remove()
    rescue(committed)
    in_own_thread(lambda: work(committed, wait=False))
    assert files_of(committed) == names
    assert count(committed, "SELECT count(*) FROM procrastinate_jobs WHERE queue_name = 'mail'") == 0
    assert count(committed, UNSENT) == 0


def test_a_job_that_runs_is_left_alone(committed: Flask) -> None:
    owe(committed, 1)
    with committed.app_context():
        db.session.execute(
            text(
                "WITH living AS (INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now()) RETURNING id)"
                " UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM living)"
            )
        )
        db.session.commit()
        db.session.remove()
    rescue(committed)
    in_own_thread(lambda: work(committed, wait=False))
    assert files_of(committed) == set()
    assert count(committed, "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'") == 1


def test_a_second_sending_writes_the_same_file(committed: Flask) -> None:
    """Killed between sending and committing: the mail goes out again under its own name and Message-ID."""
    (name,) = owe(committed, 1)
    in_own_thread(lambda: work(committed, wait=False))
    file = Path(committed.config["INSTANCE_DIR"]) / "mail" / name
    first = message_from_bytes(file.read_bytes())["Message-ID"]
    with committed.app_context():
        db.session.execute(text("UPDATE mail_deliveries SET sent_at = NULL, params = :p"), {"p": _json()})
        delivery = db.session.scalars(select(Delivery)).one()
        connection = db.session.connection().connection.driver_connection
        mail.send_delivery.configure(connection=connection).defer(delivery_id=str(delivery.id))
        db.session.commit()
        db.session.remove()
    in_own_thread(lambda: work(committed, wait=False))
    assert files_of(committed) == {name}
    assert message_from_bytes(file.read_bytes())["Message-ID"] == first


def _json() -> str:
    return '{"title_id": "SPAM", "title_en": "", "partner": "PT Uji", "pemda": "Pemkot Uji"}'


def start_worker(app: Flask) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "INSTANCE_DIR": str(app.config["INSTANCE_DIR"]),
        "APP_ENV": "development",
        "DEMO": "0",
        "MAIL_URL": "",
        "BASE_URL": "http://localhost",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "worker"], cwd=ROOT, env=environment
    )


def wait_for(app: Flask, wanted: int, seconds: float) -> int:
    until = time.monotonic() + seconds
    while len(files_of(app)) < wanted and time.monotonic() < until:
        time.sleep(0.02)
    return len(files_of(app))


@pytest.mark.slow
def test_a_hundred_mails_and_a_kill(committed: Flask) -> None:
    names = owe(committed, MAILS)
    first = start_worker(committed)
    try:
        assert wait_for(committed, MAILS // 3, 40) >= MAILS // 3
    finally:
        first.kill()
        first.wait()
    killed = time.monotonic()
    assert len(files_of(committed)) < MAILS
    assert count(committed, "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'") > 0
    second = start_worker(committed)
    try:
        while count(committed, UNSENT) and time.monotonic() < killed + WITHIN + 10:
            time.sleep(0.5)
        took = time.monotonic() - killed
    finally:
        second.terminate()
        assert second.wait(15) in (0, -15)
    assert {name for name in files_of(committed) if not name.startswith(".")} == names
    assert took < WITHIN, took
    assert count(committed, UNSENT) == 0
