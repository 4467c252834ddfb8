"""gunicorn of the product, started by `make run` and by a deployer: `gunicorn -c deploy/gunicorn.conf.py wsgi:app`."""

import gc
import os
import socket
import sys
from concurrent import futures
from pathlib import Path

from gunicorn import util
from gunicorn.glogging import Logger
from gunicorn.http import message
from gunicorn.workers.gthread import TConn, ThreadWorker

# Seconds for a client to hang up after its answer. gunicorn grants two, in the thread that accepts for everybody.
GOODBYE = 0.25


class ModestWorker(ThreadWorker):
    """Takes no connection for which it has no free thread, so that a killed worker loses what it runs and no more.

    gunicorn's own takes up to `worker_connections` and lets them wait inside; the kernel's queue serves the other
    worker as well. tests/launcher/test_gunicorn.py holds this against the installed gunicorn.
    """

    busy = 0

    def handle(self, conn: TConn) -> object:
        kept = super().handle(conn)
        if not kept:
            util.close_graceful(conn.sock, timeout=GOODBYE)
            conn.close = _closed
        return kept

    def enqueue_req(self, conn: TConn) -> None:
        self.busy += 1
        super().enqueue_req(conn)
        self.set_accept_enabled(self._accepting)

    def finish_request(self, conn: TConn, fs: futures.Future) -> None:
        self.busy -= 1
        super().finish_request(conn, fs)

    def set_accept_enabled(self, enabled: bool) -> None:
        super().set_accept_enabled(enabled and self.busy < self.cfg.threads)

    def accept(self, listener: socket.socket) -> None:
        # Already reported by the poller when the last thread was taken.
        if self.busy < self.cfg.threads:
            super().accept(listener)


def post_worker_init(_worker: ThreadWorker) -> None:
    """What the application is made of stays for good: the collector of garbage need not walk through it with each page,
    and looks at what pages leave behind in larger portions."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


class OwnLinesOnly(Logger):
    """gunicorn would put together a line for every request and then drop it, since its log has a configuration."""

    def access(self, *_of_a_request: object) -> None:
        """The application writes one line a request, with the request's id."""


def _closed(*, graceful: bool = False) -> None:
    """For a connection that its own thread has closed."""


host = os.environ.get("HOST") or "127.0.0.1"
bind = f"{f'[{host}]' if ':' in host else host}:{os.environ.get('PORT') or '8000'}"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
# Threads wait for the database while others render; a killed worker loses at most this many requests.
worker_class = ModestWorker
threads = 4
# A worker that does not answer its master for this long is replaced.
timeout = 30
# SIGTERM: running requests get this long; the supervisor's 15 seconds hold this and PostgreSQL's own stop.
graceful_timeout = 8
# A kept connection belongs to one worker and would wait for it, and be lost with it, while the other is free. People
# keep theirs with the proxy; from there to here a new one costs a tenth of a millisecond.
keepalive = 0
# Never load the application before the fork: a search index opened before it does not see later commits.
preload_app = False
# A question of ten kilobytes is answered as any other, and each of its bytes may be written as three. gunicorn's own
# most is 8 kB or no limit at all; tests/launcher/test_gunicorn.py holds this against the installed one.
message.MAX_REQUEST_LINE = limit_request_line = 32 * 1024
# The application believes the proxy, when PROXY_HOPS says so; gunicorn itself believes nobody's headers.
forwarded_allow_ips = ""
logger_class = OwnLinesOnly
accesslog = None
errorlog = "-"
# Its default is one file per home folder: two copies side by side would share it.
control_socket_disable = True
# Heartbeats belong into memory: on a slow disk they stop workers that are well.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None
# Its own lines in the shape of the application's. Both name the product's formatter, wherever gunicorn was started.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "marketplace.web.logs.JsonLines"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stderr"}
    },
    "loggers": {"gunicorn.error": {"level": "INFO", "handlers": ["stderr"], "propagate": False}},
    "root": {"level": "WARNING", "handlers": ["stderr"]},
}
