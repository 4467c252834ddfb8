"""The worker: one process that takes jobs from the database."""

import logging
from collections.abc import Callable
from typing import Any

import click
from flask import Flask
from flask.cli import ScriptInfo, pass_script_info
from procrastinate import PsycopgConnector, SyncPsycopgConnector
from procrastinate.connector import BaseConnector
from procrastinate.job_context import JobContext
from sqlalchemy.engine import make_url

from marketplace.extensions import db, queue
from marketplace.files import jobs as files
from marketplace.mail import jobs as mail
from marketplace.matching import jobs as matching
from marketplace.matching.letters import jobs as suggestion_letters
from marketplace.operation import tidying
from marketplace.opportunities import jobs as opportunities
from marketplace.organisations import jobs as organisations
from marketplace.partners import jobs as partners
from marketplace.privacy import jobs as privacy
from marketplace.saved import alert_jobs as alerts
from marketplace.saved import watching_jobs
from marketplace.web.logs import JsonLines

# A job is known to the worker once its module is loaded.
JOBS = (
    alerts, files, mail, matching, opportunities, organisations, partners, privacy, suggestion_letters, tidying, watching_jobs,
)  # fmt: skip
HEARTBEAT = 5.0
# A worker that has not been heard of for so long is dead.
DEAD_AFTER = 15.0
# The sixth field is seconds: with the pause before, a killed worker's jobs run again within 40 s (promised: 90).
EVERY_TWENTY_SECONDS = "* * * * * */20"


@queue.periodic(cron=EVERY_TWENTY_SECONDS)
@queue.task(queue="rescue", queueing_lock="rescue", pass_context=False)
async def rescue_jobs_of_dead_workers(timestamp: int) -> None:
    """Gives the jobs of killed workers back to the queue; a job that runs is left alone."""
    for job in await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER):
        await queue.job_manager.retry_job(job)


class WorkersConnector(PsycopgConnector):
    """A job defers on the connection of its own session, as a request does, for which the library has its synchronous
    connector; while a worker runs, it would hand out the worker's asynchronous one."""

    def get_sync_connector(self) -> BaseConnector:
        return SyncPsycopgConnector()


def connector_for(url: str) -> PsycopgConnector:
    """The worker's own pool, with the search path that finds procrastinate's tables."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return WorkersConnector(
        conninfo=plain, kwargs={"options": "-c search_path=public,procrastinate"}, max_size=4
    )


def with_app(app: Flask) -> Callable[[Callable[[], Any], JobContext, Any], Any]:
    """Runs every job in a context of its own, so that its session is its own and ends with it."""

    def run(call_next: Callable[[], Any], context: JobContext, _worker: Any) -> Any:
        with app.app_context():
            try:
                return call_next()
            except Exception as error:
                # The name only: what a mail server answers may hold somebody's address.
                facts = {
                    "job": context.job.id,
                    "task": context.job.task_name,
                    "failure": type(error).__name__,
                }
                app.logger.warning("job failed", extra={"facts": facts})
                raise
            finally:
                db.session.remove()

    return run


def work(app: Flask, *, wait: bool = True) -> None:
    """Takes jobs until stopped by a signal; without `wait` until the queue is empty."""
    with queue.replace_connector(connector_for(app.config["SQLALCHEMY_DATABASE_URI"])) as working:
        working.run_worker(
            wait=wait,
            install_signal_handlers=wait,
            concurrency=2,
            delete_jobs="successful",
            update_heartbeat_interval=HEARTBEAT,
            stalled_worker_timeout=DEAD_AFTER,
            shutdown_graceful_timeout=8,
            fetch_job_polling_interval=5,
            task_middleware=[with_app(app)],
        )


def log_as_json() -> None:
    """The queue's own warnings in the shape of all other lines; without a stack, which may hold what a job handled."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    handler.addFilter(_without_stack)
    logger = logging.getLogger("procrastinate")
    logger.handlers, logger.propagate = [handler], False
    logger.setLevel(logging.WARNING)


def _without_stack(record: logging.LogRecord) -> bool:
    record.exc_info = record.exc_text = None
    return True


@click.command("worker")
@pass_script_info
def worker(info: ScriptInfo) -> None:
    """Send mail and do what else was deferred, until stopped."""
    log_as_json()
    work(info.load_app())
