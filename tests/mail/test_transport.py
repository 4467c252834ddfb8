"""Where a message goes, and that a server with a certificate of its own making is not trusted."""

import smtplib
import ssl
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from marketplace.mail import transport
from marketplace.mail.transport import FolderTransport, SmtpTransport, get_transport


def a_message() -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Kabar", "a@example.com", "b@example.com"
    message.set_content("Isi\n")
    return message


def test_one_file_a_message_and_nothing_unfinished(tmp_path: Path) -> None:
    folder = FolderTransport(tmp_path / "mail")
    folder.send(a_message(), "satu")
    folder.send(a_message(), "satu")
    assert [file.name for file in (tmp_path / "mail").iterdir()] == ["satu.eml"]


class Server:
    """Notes what a client says to it."""

    def __init__(self, *address: Any, **options: Any) -> None:
        self.said: list[Any] = [(address, options)]
        Server.last = self

    last: "Server"

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_error: object) -> None:
        self.said.append("quit")

    def ehlo(self) -> None:
        self.said.append("ehlo")

    def has_extn(self, name: str) -> bool:
        return name == "starttls"

    def starttls(self, *, context: ssl.SSLContext) -> None:
        self.said.append(("starttls", context.verify_mode))

    def login(self, user: str, password: str) -> None:
        self.said.append((user, password))

    def send_message(self, message: EmailMessage) -> None:
        self.said.append(message["To"])


@pytest.mark.parametrize(
    "url,port,encrypted",
    [
        ("smtp://nama:kata%40sandi@mail.example.com", 587, [("starttls", ssl.CERT_REQUIRED)]),
        ("smtps://nama:kata%40sandi@mail.example.com:4465", 4465, []),
    ],
)
def test_encrypted_and_verified(
    monkeypatch: pytest.MonkeyPatch, url: str, port: int, encrypted: list[Any]
) -> None:
    monkeypatch.setattr(smtplib, "SMTP", Server)
    monkeypatch.setattr(smtplib, "SMTP_SSL", Server)
    SmtpTransport(url).send(a_message(), "satu")
    (address, options), *said = Server.last.said
    assert address == ("mail.example.com", port)
    assert options["timeout"] == 20
    if not encrypted:
        assert options["context"].verify_mode is ssl.CERT_REQUIRED
    assert said == ["ehlo", *encrypted, ("nama", "kata@sandi"), "b@example.com", "quit"]


def test_a_password_is_never_sent_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtplib, "SMTP", Server)
    monkeypatch.setattr(Server, "has_extn", lambda *_: False)
    with pytest.raises(smtplib.SMTPNotSupportedError):
        SmtpTransport("smtp://nama:sandi@mail.example.com").send(a_message(), "satu")
    assert Server.last.said[1:] == ["ehlo", "quit"]
    SmtpTransport("smtp://localhost:25").send(a_message(), "satu")
    assert Server.last.said[1:] == ["ehlo", "b@example.com", "quit"]


def test_the_settings_decide(tmp_path: Path) -> None:
    assert isinstance(
        get_transport({"MAIL_URL": "smtp://localhost", "INSTANCE_DIR": tmp_path}), SmtpTransport
    )
    folder = get_transport({"MAIL_URL": "", "INSTANCE_DIR": tmp_path})
    assert isinstance(folder, transport.FolderTransport)
    assert folder.folder == tmp_path / "mail"
