"""The shipped nginx.conf, tried: slow clients hold 200 sockets, and others are served meanwhile."""

import http.client
import os
import re
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from launcher.settings import ROOT
from tests.launcher.serving import gunicorn, running
from tests.support.ports import free_port
from tests.support.times import PATIENCE

NGINX = shutil.which("nginx", path=os.environ.get("PATH", "") + os.pathsep + "/usr/sbin")
HELD = 200
PRODUCT = """
def app(environ, start_response):
    environ["wsgi.input"].read()
    words = [environ["REQUEST_METHOD"]]
    words += [environ.get("HTTP_X_FORWARDED_" + name, "-") for name in ("FOR", "PROTO", "HOST", "PREFIX")]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [" ".join(words).encode()]
"""

pytestmark = pytest.mark.skipif(
    NGINX is None, reason="nginx is not installed here; install it to try nginx.conf"
)


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int]]:
    """Ports of gunicorn with the shipped settings, and of nginx with the shipped file, in front of it."""
    folder = tmp_path_factory.mktemp("nginx")
    folder.chmod(0o755)
    before = free_port()
    conf = folder / "nginx.conf"
    nginx = [str(NGINX), "-p", str(folder), "-c", str(conf), "-g", "daemon off;"]
    with gunicorn(folder, PRODUCT) as (behind, _):
        conf.write_text(for_trial((ROOT / "deploy" / "nginx.conf").read_text(), folder, behind, before))
        with running(nginx, folder, before):
            yield behind, before


def for_trial(shipped: str, folder: Path, behind: int, before: int) -> str:
    """The shipped file on free ports and in a folder of the test, without certificates; all else as it is."""
    changed = re.sub(
        r"    server \{\n        listen (443 ssl|80) default_server;.*?\n    \}\n",
        "",
        shipped,
        flags=re.DOTALL,
    )
    changed = changed.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{before};")
    changed = changed.replace("server 127.0.0.1:8000", f"server 127.0.0.1:{behind}")
    changed = re.sub(r"\n +ssl_\w+ [^;]*;", "", changed)
    changed = changed.replace("/run/nginx.pid", str(folder / "nginx.pid"))
    changed = changed.replace("/var/log/nginx", str(folder))
    return changed.replace("    include /etc/nginx/mime.types;", temporary_folders(folder))


def temporary_folders(folder: Path) -> str:
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    return "\n".join(f"    {kind}_temp_path {folder / kind};" for kind in kinds)


def served(port: int, tries: int, within: float) -> int:
    """How many of `tries` ordinary requests are answered within so many seconds each."""
    answered = 0
    for _ in range(tries):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=within)
        with suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/")
            answered += connection.getresponse().status == http.HTTPStatus.OK
        connection.close()
    return answered


def held(stack: ExitStack, port: int, opening: bytes) -> None:
    """Opens sockets that say the beginning of a request and then nothing."""
    for _ in range(HELD):
        client = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE))
        client.sendall(opening)
    time.sleep(0.5)


OPENINGS = {
    "half a body": b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\nhalf",
    "half a head": b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ",
}


@pytest.mark.parametrize("opening", OPENINGS.values(), ids=OPENINGS)
def test_others_are_served_while_slow_clients_hold_200_sockets(
    ports: tuple[int, int], opening: bytes
) -> None:
    _, before = ports
    with ExitStack() as stack:
        held(stack, before, opening)
        assert served(before, 10, within=20) == 10


def test_without_the_proxy_slow_clients_do_stop_it(ports: tuple[int, int]) -> None:
    """The trial can fail: the same sockets at gunicorn itself leave the others unserved."""
    behind, _ = ports
    with ExitStack() as stack:
        held(stack, behind, OPENINGS["half a body"])
        assert served(behind, 1, within=2) == 0


def test_the_proxy_alone_says_who_asks(ports: tuple[int, int]) -> None:
    _, before = ports
    connection = http.client.HTTPConnection("127.0.0.1", before, timeout=PATIENCE)
    forged = {
        "Host": "real.example",
        "X-Forwarded-For": "6.6.6.6",
        "X-Forwarded-Prefix": "/x",
        "X-Forwarded-Host": "evil",
    }
    connection.request("GET", "/", headers=forged)
    assert connection.getresponse().read().decode() == "GET 127.0.0.1 http real.example -"
    connection.close()
