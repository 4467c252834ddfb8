"""Where messages go: a folder in development, SMTP where MAIL_URL names a server."""

import smtplib
import ssl
from collections.abc import Iterable, Mapping
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit


class Transport(Protocol):
    def send(self, message: EmailMessage, name: str) -> None: ...
    def forget(self, names: Iterable[str]) -> None: ...


class FolderTransport:
    """One .eml a message, named by its delivery: a repeated sending writes the same file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, message: EmailMessage, name: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        unfinished = self.folder / f".{name}.part"
        unfinished.write_bytes(message.as_bytes())
        unfinished.replace(self.folder / f"{name}.eml")

    def forget(self, names: Iterable[str]) -> None:
        for name in names:
            (self.folder / f"{name}.eml").unlink(missing_ok=True)


class SmtpTransport:
    """smtp://user:password@host:587 (STARTTLS where offered, demanded for a password) or smtps://host:465."""

    def __init__(self, url: str) -> None:
        self.parts = urlsplit(url)

    def send(self, message: EmailMessage, name: str) -> None:
        host = self.parts.hostname or "localhost"
        secure = self.parts.scheme == "smtps"
        trusted = ssl.create_default_context()
        with self._connect(host, trusted if secure else None) as server:
            server.ehlo()
            if not secure and server.has_extn("starttls"):
                server.starttls(context=trusted)
                secure = True
            if self.parts.username and not secure:
                raise smtplib.SMTPNotSupportedError("no STARTTLS: a password is never sent in the clear")
            if self.parts.username:
                server.login(unquote(self.parts.username), unquote(self.parts.password or ""))
            server.send_message(message)

    def forget(self, names: Iterable[str]) -> None:
        """Nothing: what was handed over is in other hands."""

    def _connect(self, host: str, trusted: ssl.SSLContext | None) -> smtplib.SMTP:
        if trusted:
            return smtplib.SMTP_SSL(host, self.parts.port or 465, timeout=20, context=trusted)
        return smtplib.SMTP(host, self.parts.port or 587, timeout=20)


def get_transport(config: Mapping[str, Any]) -> Transport:
    """The transport that the settings ask for."""
    if config["MAIL_URL"]:
        return SmtpTransport(config["MAIL_URL"])
    return FolderTransport(Path(config["INSTANCE_DIR"]) / "mail")
