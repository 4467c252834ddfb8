"""Row 32: an unsafe setting stops start-up with one sentence that names it."""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from marketplace import config
from marketplace.config import ROOT, UnsafeSettings
from tests.support.times import PATIENCE

SAFE = {
    "APP_ENV": "production",
    "SECRET_KEY": "kX3v9Qm1TzR7yB5wLd8NfG2hJ6pS4cVa",
    "BASE_URL": "https://titiktemu.example",
    "DATABASE_URL": "postgresql://u:p@h/d",
    "INSTANCE_DIR": "/nonexistent/titiktemu",
}
UNSAFE = [
    ("SECRET_KEY", ""),
    ("SECRET_KEY", "short"),
    ("SECRET_KEY", "x" * 31),
    ("SECRET_KEY", "a" * 64),
    ("SECRET_KEY", "changeme" * 8),
    ("SECRET_KEY", "0123456789"),
    ("BASE_URL", ""),
    ("BASE_URL", "http://titiktemu.example"),
    ("BASE_URL", "titiktemu.example"),
    ("BASE_URL", "https://"),
    ("BASE_URL", "https://user:pw@titiktemu.example"),
    ("BASE_URL", "https://titiktemu.example/pasar"),
    ("BASE_URL", "https://titiktemu.example?x=1"),
    ("DATABASE_URL", ""),
    ("DEMO", "1"),
    ("FLASK_DEBUG", "1"),
    ("FLASK_DEBUG", "true"),
    ("FLASK_DEBUG", "on"),
    ("MAIL_URL", "mail.example.com:587"),
    ("MAIL_URL", "smtp://"),
    ("MAIL_URL", "smtp://u:pw@host:port"),
    ("MAIL_URL", "http://host"),
    ("CLAMAV_URL", "host:3310"),
    ("CLAMAV_URL", "tcp://host:clam"),
    ("APP_ENV", "prod"),
    ("APP_ENV", "Production"),
    ("APP_ENV", "production "),
    ("BACKUP_DAYS", "0"),
    ("BACKUP_DAYS", "366"),
    ("BACKUP_DAYS", "a month"),
    ("PROXY_HOPS", "-1"),
    ("PROXY_HOPS", "one"),
    ("PROXY_HOPS", "1.0"),
    ("PROXY_HOPS", "99"),
    ("PROXY_HOPS", "١"),
]


@pytest.mark.parametrize("name, value", UNSAFE)
def test_production_refuses(name, value):
    with pytest.raises(UnsafeSettings, match=name) as refused:
        config.load({**SAFE, name: value})
    assert "\n" not in str(refused.value)
    assert not value or name != "SECRET_KEY" or value not in str(refused.value)
    assert "u:pw" not in str(refused.value)


@pytest.mark.parametrize(
    "name, value",
    [
        ("MAIL_URL", "smtp://nama:kata%40sandi@mail.example.com:587"),
        ("MAIL_URL", "smtps://mail.example.com"),
        ("CLAMAV_URL", "tcp://127.0.0.1:3310"),
        ("CLAMAV_URL", "unix:///run/clamd.ctl"),
    ],
)
def test_addresses_of_services_are_taken(name, value):
    assert config.load({**SAFE, name: value})[name] == value


def test_production_refuses_a_folder_that_anybody_writes(tmp_path):
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    with pytest.raises(UnsafeSettings, match="INSTANCE_DIR"):
        config.load({**SAFE, "INSTANCE_DIR": str(tmp_path / "open")})
    (tmp_path / "open").chmod(0o755)
    config.load({**SAFE, "INSTANCE_DIR": str(tmp_path / "open")})


def test_safe_production_starts_without_demonstration():
    loaded = config.load(SAFE)
    assert loaded["PRODUCTION"]
    assert not loaded["DEMO"]


@pytest.mark.parametrize("word", ["0", "", "false", "no"])
def test_debug_may_be_said_to_be_off(word):
    config.load({**SAFE, "FLASK_DEBUG": word})


def test_cookies_follow_the_proxy():
    behind, bare = config.load({**SAFE, "PROXY_HOPS": "1"}), config.load(SAFE)
    assert (behind["SESSION_COOKIE_NAME"], behind["SESSION_COOKIE_SECURE"]) == ("__Host-sesi", True)
    assert bare["SESSION_COOKIE_NAME"] == "sesi"
    assert all(
        loaded["SESSION_COOKIE_HTTPONLY"] and loaded["SESSION_COOKIE_SAMESITE"] == "Lax"
        for loaded in (behind, bare)
    )


def test_a_secret_made_for_development_is_this_copys_and_closed(tmp_path):
    first = config.load({"INSTANCE_DIR": str(tmp_path / "a")})["SECRET_KEY"]
    assert first == config.load({"INSTANCE_DIR": str(tmp_path / "a")})["SECRET_KEY"]
    assert first != config.load({"INSTANCE_DIR": str(tmp_path / "b")})["SECRET_KEY"]
    assert (tmp_path / "a" / "secret-key").stat().st_mode & 0o077 == 0
    assert len(first) >= 48


def test_processes_that_start_together_share_one_secret(tmp_path):
    for place in range(20):
        folder = str(tmp_path / str(place))
        together = threading.Barrier(8)

        def start(_number, folder=folder, together=together):
            together.wait(PATIENCE)
            return config.load({"INSTANCE_DIR": folder})["SECRET_KEY"]

        with ThreadPoolExecutor(max_workers=8) as threads:
            found = set(threads.map(start, range(8)))
        assert len(found) == 1
        assert len(found.pop()) >= 48
        assert [path.name for path in (tmp_path / str(place)).iterdir()] == ["secret-key"]


def test_an_empty_setting_is_none():
    loaded = config.load({"PORT": "", "BASE_URL": "", "APP_ENV": "", "SECRET_KEY": "x" * 40})
    assert (loaded["BASE_URL"], loaded["PRODUCTION"]) == ("http://localhost:8000", False)


def test_the_process_ends_with_the_sentence_and_no_stack():
    done = subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        env={"PATH": os.environ["PATH"], **SAFE, "SECRET_KEY": "short"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode != 0
    assert done.stderr.strip() == "SECRET_KEY can be guessed: use at least 32 random characters."
