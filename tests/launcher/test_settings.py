"""What the environment may say, and what is refused with a sentence."""

import runpy
import socket
import sys
from pathlib import Path

import pytest

from launcher import checking, chromium, claims, database, settings
from launcher.words import CannotGoOn

PRODUCTION = {
    "APP_ENV": "production",
    "SECRET_KEY": "s" * 40,
    "BASE_URL": "https://titiktemu.example",
    "DATABASE_URL": "postgresql://u@h/d",
}


def test_defaults_are_those_of_a_newcomer() -> None:
    where = settings.read({})
    assert (where.port, where.host, where.demo, where.production) == (8000, "127.0.0.1", True, False)
    assert where.instance == settings.ROOT / "instance"
    assert where.address == "http://localhost:8000"


@pytest.mark.parametrize("missing", ["SECRET_KEY", "BASE_URL", "DATABASE_URL"])
def test_production_names_what_is_missing(missing: str) -> None:
    with pytest.raises(CannotGoOn, match=missing):
        settings.read({**PRODUCTION, missing: ""})


def test_production_never_has_demonstration_data() -> None:
    assert not settings.read(PRODUCTION).demo
    with pytest.raises(CannotGoOn, match="DEMO=1"):
        settings.read({**PRODUCTION, "DEMO": "1"})


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "80.5", "٣"])
def test_a_port_is_a_number_in_range(port: str) -> None:
    with pytest.raises(CannotGoOn, match="PORT="):
        settings.read({"PORT": port})


@pytest.mark.parametrize("name", ["prod", "PRODUCTION", "staging"])
def test_a_mistyped_environment_is_no_demonstration(name: str) -> None:
    with pytest.raises(CannotGoOn, match="APP_ENV="):
        settings.read({"APP_ENV": name})


@pytest.mark.parametrize("number", ["0", "-1", "two", "1.5", "1000", "٣"])
def test_processes_are_counted(number: str) -> None:
    with pytest.raises(CannotGoOn, match="WEB_CONCURRENCY="):
        settings.read({"WEB_CONCURRENCY": number})
    settings.read({"WEB_CONCURRENCY": "16"})


@pytest.mark.parametrize("url", ["foo", "postgresql://%zz", "postgresql+psycopg://u@127.0.0.1:1/absent"])
def test_an_unusable_database_address_is_one_sentence(url: str) -> None:
    with pytest.raises(CannotGoOn, match="DATABASE_URL"):
        database.is_new(url)


def test_an_unknown_check_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["checking", "typos"])
    with pytest.raises(CannotGoOn, match="There is no check typos;"):
        checking.main()


@pytest.mark.parametrize(
    "host, bind", [("", "127.0.0.1:8123"), ("::1", "[::1]:8123"), ("0.0.0.0", "0.0.0.0:8123")]
)
def test_gunicorn_listens_where_it_is_told(monkeypatch: pytest.MonkeyPatch, host: str, bind: str) -> None:
    monkeypatch.setenv("HOST", host)
    monkeypatch.setenv("PORT", "8123")
    assert runpy.run_path(str(settings.ROOT / "deploy" / "gunicorn.conf.py"))["bind"] == bind


def test_children_learn_where_they_are(tmp_path: Path) -> None:
    where = settings.read({"PORT": "8123", "INSTANCE_DIR": str(tmp_path), "DEMO": "0"})
    env = where.environment({"PATH": "/bin", "INSTANCE_DIR": "."}, "postgresql+psycopg://x")
    assert env["PATH"] == "/bin"
    assert (env["PORT"], env["DEMO"], env["APP_ENV"]) == ("8123", "0", "development")
    assert env["INSTANCE_DIR"] == str(tmp_path.resolve())
    assert env["DATABASE_URL"] == "postgresql+psycopg://x"


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotGoOn, match="INSTANCE_DIR"):
        settings.make_instance(tmp_path / "file" / "instance")


def test_a_port_in_use_is_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotGoOn, match=f"make run PORT={port + 1}"):
            claims.check_port("127.0.0.1", port)
    claims.check_port("127.0.0.1", port)


def test_a_second_start_on_the_same_instance_is_one_sentence(tmp_path: Path) -> None:
    settings.make_instance(tmp_path)
    with (
        claims.only_one(tmp_path),
        pytest.raises(CannotGoOn, match="already runs"),
        claims.only_one(tmp_path),
    ):
        pytest.fail("two hold the same instance")
    with claims.only_one(tmp_path):
        pass


def test_a_chromium_that_is_none_is_refused() -> None:
    with pytest.raises(CannotGoOn, match="CHROMIUM="):
        chromium.find({"CHROMIUM": "/nowhere/chromium"})


def test_a_missing_chromium_fails_only_in_ci(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(chromium, "MACOS", ())
    assert chromium.for_tests({"PATH": "/nowhere"}) == {}
    assert len(capsys.readouterr().out.splitlines()) == 1
    with pytest.raises(CannotGoOn, match="Chromium was not found"):
        chromium.for_tests({"PATH": "/nowhere", "CI": "1"})
