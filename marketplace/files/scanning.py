"""Asks ClamAV about a file, where CLAMAV_URL names one (tcp://host:3310 or unix:///path/clamd.ctl)."""

import socket
import struct
from typing import BinaryIO
from urllib.parse import urlsplit

from flask import current_app

from marketplace.files.refusals import FileInfected, ScannerUnavailable
from marketplace.files.rules import ScanStatus

_CHUNK = 64 * 1024
_SECONDS = 15
_DEFAULT_PORT = 3310


def scan(stream: BinaryIO) -> ScanStatus:
    """CLEAN, or UNSCANNED where no scanner is configured; refuses an infected file, or one nobody can scan.

    The stream stands at its beginning afterwards.
    """
    url = current_app.config["CLAMAV_URL"]
    if not url:
        return ScanStatus.UNSCANNED
    verdict = ask_clamd(url, stream)
    stream.seek(0)
    if verdict.endswith(" FOUND"):
        raise FileInfected
    if verdict != "stream: OK":
        raise ScannerUnavailable
    return ScanStatus.CLEAN


def ask_clamd(url: str, stream: BinaryIO) -> str:
    """clamd's answer to the stream: "stream: OK" or "stream: <name> FOUND"."""
    try:
        with _connected(url) as connection:
            connection.sendall(b"zINSTREAM\0")
            while chunk := stream.read(_CHUNK):
                connection.sendall(struct.pack("!I", len(chunk)) + chunk)
            connection.sendall(struct.pack("!I", 0))
            return _answer(connection)
    except OSError as error:
        raise ScannerUnavailable from error


def _connected(url: str) -> socket.socket:
    address = urlsplit(url)
    if address.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(_SECONDS)
        connection.connect(address.path)
        return connection
    return socket.create_connection((address.hostname, address.port or _DEFAULT_PORT), timeout=_SECONDS)


def _answer(connection: socket.socket) -> str:
    received = b""
    while b"\0" not in received and len(received) < 1024:
        piece = connection.recv(1024)
        if not piece:
            break
        received += piece
    return received.partition(b"\0")[0].decode("utf-8", "replace").strip()
