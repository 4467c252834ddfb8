import io
import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from marketplace.files.refusals import FileInfected, ScannerUnavailable
from marketplace.files.rules import ScanStatus
from marketplace.files.scanning import scan
from tests.files import samples
from tests.support.times import PATIENCE


class FakeClamd(threading.Thread):
    """Speaks INSTREAM as clamd does and finds EICAR; `answer` overrules what it says."""

    def __init__(self, listener: socket.socket, answer: bytes | None = None) -> None:
        super().__init__(daemon=True)
        self.listener = listener
        self.answer = answer
        self.received = b""

    def run(self) -> None:
        connection, _ = self.listener.accept()
        with connection, connection.makefile("rb") as incoming:
            assert incoming.read(10) == b"zINSTREAM\0"
            while length := struct.unpack("!I", incoming.read(4))[0]:
                self.received += incoming.read(length)
            found = samples.EICAR in self.received
            verdict = b"stream: Eicar-Test-Signature FOUND" if found else b"stream: OK"
            connection.sendall((verdict if self.answer is None else self.answer) + b"\0")


def serving(listener: socket.socket, answer: bytes | None = None) -> FakeClamd:
    listener.settimeout(5)
    listener.listen(1)
    clamd = FakeClamd(listener, answer)
    clamd.start()
    return clamd


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        yield opened


@pytest.fixture
def app(listener: socket.socket) -> Iterator[Flask]:
    made = Flask(__name__)
    made.config["CLAMAV_URL"] = f"tcp://127.0.0.1:{listener.getsockname()[1]}"
    with made.app_context():
        yield made


def test_without_a_scanner_the_file_says_so(app: Flask) -> None:
    app.config["CLAMAV_URL"] = ""
    assert scan(io.BytesIO(samples.PDF)) is ScanStatus.UNSCANNED


def test_a_clean_file_reaches_the_scanner_whole(app: Flask, listener: socket.socket) -> None:
    clamd = serving(listener)
    stream = io.BytesIO(samples.PDF * 5000)
    assert scan(stream) is ScanStatus.CLEAN
    clamd.join(PATIENCE)
    assert clamd.received == samples.PDF * 5000
    assert stream.tell() == 0


def test_eicar_is_refused(app: Flask, listener: socket.socket) -> None:
    serving(listener)
    with pytest.raises(FileInfected):
        scan(io.BytesIO(samples.PDF + samples.EICAR))


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR", b"", b"UNKNOWN COMMAND"])
def test_another_answer_is_not_taken_for_clean(app: Flask, listener: socket.socket, answer: bytes) -> None:
    serving(listener, answer)
    with pytest.raises(ScannerUnavailable):
        scan(io.BytesIO(samples.PDF))


def test_an_absent_scanner_refuses_instead_of_letting_through(app: Flask, listener: socket.socket) -> None:
    listener.close()
    with pytest.raises(ScannerUnavailable):
        scan(io.BytesIO(samples.PDF))


def test_the_scanner_may_listen_on_a_local_socket(app: Flask, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "clamd.ctl"))
        serving(listener)
        app.config["CLAMAV_URL"] = f"unix://{tmp_path}/clamd.ctl"
        assert scan(io.BytesIO(samples.PDF)) is ScanStatus.CLEAN
