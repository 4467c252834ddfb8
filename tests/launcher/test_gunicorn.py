"""The shipped gunicorn settings: what a killed worker costs, and how the end is kept polite (SECURITY row 15)."""

import http.client
import socket
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import psutil

from tests.launcher.serving import THREADS, WORKERS, gunicorn
from tests.support.times import PATIENCE

PRODUCT = """
import pathlib, time
def app(environ, start_response):
    if environ["QUERY_STRING"]:
        pathlib.Path("asked").touch()
    time.sleep(float(environ["QUERY_STRING"] or 0))
    start_response("200 OK", [])
    return [environ["wsgi.url_scheme"].encode()]
"""


def ask(port: int, seconds: float = 0.0, path: str = "/", **headers: str) -> bytes:
    """The answer's body, or empty where none came."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", f"{path}?{seconds}", headers=headers)
        return connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return b""
    finally:
        connection.close()


def wait_until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_killed_worker_costs_at_most_the_requests_that_it_held(tmp_path: Path) -> None:
    answers: list[bytes] = []
    ending = threading.Event()

    def visit(port: int) -> None:
        while not ending.is_set():
            answers.append(ask(port, 0.02))

    with gunicorn(tmp_path, PRODUCT) as (port, master):
        visitors = [threading.Thread(target=visit, args=[port]) for _ in range(16)]
        for visitor in visitors:
            visitor.start()
        wait_until(lambda: len(answers) > 50)
        psutil.Process(master.pid).children()[0].kill()
        told = len(answers)
        # Long enough for another worker to be started and to serve.
        wait_until(
            lambda: len(answers) > told + 500 and len(psutil.Process(master.pid).children()) == WORKERS
        )
        ending.set()
        for visitor in visitors:
            visitor.join()
    failed = answers.count(b"")
    assert failed <= THREADS


def test_sigterm_lets_a_running_request_finish_and_ends_in_time(tmp_path: Path) -> None:
    answers: list[bytes] = []
    with gunicorn(tmp_path, PRODUCT) as (port, master):
        visitor = threading.Thread(target=lambda: answers.append(ask(port, 1.0)))
        visitor.start()
        idle = http.client.HTTPConnection("127.0.0.1", port)
        idle.request("GET", "/")
        idle.getresponse().read()
        wait_until((tmp_path / "asked").exists)
        asked = time.monotonic()
        master.terminate()
        master.wait(PATIENCE)
        took = time.monotonic() - asked
        visitor.join()
        idle.close()
    assert answers == [b"http"]
    assert took < 12


def test_a_client_cannot_pretend_to_come_by_https(tmp_path: Path) -> None:
    """gunicorn believes nobody; the application believes one proxy when PROXY_HOPS=1."""
    with gunicorn(tmp_path, PRODUCT) as (port, _):
        assert ask(port, **{"X-Forwarded-Proto": "https"}) == b"http"


def test_ten_kilobytes_of_question_reach_the_application_and_a_hundred_do_not(tmp_path: Path) -> None:
    with gunicorn(tmp_path, PRODUCT) as (port, _):
        assert ask(port, path="/" + "%22" * 10_240) == b"http"
        assert ask(port, path="/" + "%22" * 34_000) != b"http"


def test_a_client_that_does_not_hang_up_holds_nobody_up(tmp_path: Path) -> None:
    with gunicorn(tmp_path, PRODUCT) as (port, _), ExitStack() as ending:
        silent = [
            ending.enter_context(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE))
            for _ in range(2 * WORKERS * THREADS)
        ]
        for each in silent:
            each.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        asked = time.monotonic()
        assert ask(port) == b"http"
        took = time.monotonic() - asked
        answers = [ending.enter_context(each.makefile("rb")).read() for each in silent]
    assert all(b"http" in answer.partition(b"\r\n\r\n")[2] for answer in answers)
    assert took < 3
