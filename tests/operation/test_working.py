"""A job that fails is told by its number and the failure's name; nothing of what it handled."""

import json
import os
import subprocess
import sys

from flask import Flask
from sqlalchemy import select, text

from marketplace.accounts.models import User
from marketplace.config import ROOT
from marketplace.core import clock
from marketplace.extensions import db
from marketplace.mail import actions as mail
from tests.support.times import PATIENCE

RUN = """
import smtplib, sys, wsgi
from marketplace.mail import transport
from marketplace.operation.working import log_as_json, work

def refuse(*_):
    raise smtplib.SMTPRecipientsRefused({"orang@example.com": (550, b"no")})

transport.FolderTransport.send = refuse
log_as_json()
work(wsgi.app, wait=False)
"""


def test_a_failing_mail_is_told_without_its_address(committed: Flask) -> None:
    with committed.app_context():
        user_id = db.session.scalars(select(User.id).order_by(User.id)).first() or 0
        mail.owe(user_id=user_id, template="account_exists", params={}, path="/masuk", now=clock.now())
        # As after a day of tries.
        db.session.execute(text("UPDATE procrastinate_jobs SET attempts = 8"))
        db.session.commit()
        db.session.remove()
    environment = {
        **os.environ, "DATABASE_URL": committed.config["SQLALCHEMY_DATABASE_URI"],
        "INSTANCE_DIR": str(committed.config["INSTANCE_DIR"]), "APP_ENV": "development", "MAIL_URL": "",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    told = next(line for line in lines if line["message"] == "job failed")
    assert (told["failure"], told["task"]) == ("SMTPRecipientsRefused", "marketplace.mail.jobs.send_delivery")
    assert [line for line in lines if line["logger"].startswith("procrastinate") and line["level"] == "error"]
    assert "example.com" not in done.stderr
