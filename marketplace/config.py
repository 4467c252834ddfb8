"""Settings from the environment; an unsafe or missing value stops start-up with a clear sentence."""

import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
MEBIBYTE = 1024 * 1024
MOST_HOPS = 5
MOST_BACKUP_DAYS = 365


class UnsafeSettings(SystemExit):
    """Start-up stops; the message says which setting to change and how."""


def load(env: Mapping[str, str]) -> dict[str, Any]:
    """Flask's configuration. Raises UnsafeSettings with one sentence a problem."""
    production = is_production(env)
    demo = not production and env.get("DEMO", "1") == "1"
    instance = Path(env.get("INSTANCE_DIR") or ROOT / "instance").resolve()
    if production:
        _refuse_unsafe(env)
    base_url = (env.get("BASE_URL") or f"http://localhost:{env.get('PORT') or 8000}").rstrip("/")
    hops = _hops(env.get("PROXY_HOPS") or "0")
    return {
        "PRODUCTION": production,
        "DEMO": demo,
        # Of LAIP and programme owners; the demonstration's accounts are public, so nothing is guarded there.
        "SECOND_FACTOR_DEMANDED": not demo,
        "INSTANCE_DIR": instance,
        "BASE_URL": base_url,
        "SECRET_KEY": env.get("SECRET_KEY") or _development_secret(instance),
        "PROXY_HOPS": hops,
        "STORAGE_URL": env.get("STORAGE_URL") or "",
        "CLAMAV_URL": _service(env, "CLAMAV_URL", "tcp://host:3310", "unix:///path"),
        "MAIL_URL": _service(env, "MAIL_URL", "smtp://host:587", "smtps://host:465"),
        "MAIL_FROM": env.get("MAIL_FROM") or "Titik Temu <no-reply@titiktemu.example>",
        "SENTRY_DSN": env.get("SENTRY_DSN") or "",
        "FRAGMENTS": _count(env, "FRAGMENTS", usual=8192),
        "UNIT_NAME": env.get("UNIT_NAME") or "LAIP",
        "MINISTRY_NAME": env.get("MINISTRY_NAME") or "Kementerian Komunikasi dan Digital",
        "CONTACT_EMAIL": env.get("CONTACT_EMAIL") or "laip@titiktemu.example",
        "BACKUP_DAYS": _backup_days(env.get("BACKUP_DAYS") or "30"),
        **_database(env.get("DATABASE_URL", "")),
        **_cookies(secure=hops > 0),
        **_limits(),
    }


def is_production(env: Mapping[str, str]) -> bool:
    """Whether this copy serves people; a mistyped APP_ENV must not make a server a demonstration."""
    name = env.get("APP_ENV") or "development"
    if name not in ("development", "production"):
        raise UnsafeSettings(f"APP_ENV={name}: write production or development.")
    return name == "production"


def _refuse_unsafe(env: Mapping[str, str]) -> None:
    missing = [name for name in ("SECRET_KEY", "BASE_URL", "DATABASE_URL") if not env.get(name)]
    if missing:
        raise UnsafeSettings(f"APP_ENV=production: set {', '.join(missing)} before starting.")
    if len(env["SECRET_KEY"]) < 32 or len(set(env["SECRET_KEY"])) < 10:
        raise UnsafeSettings("SECRET_KEY can be guessed: use at least 32 random characters.")
    base = urlsplit(env["BASE_URL"])
    if base.scheme != "https" or not base.hostname or base.username or base.path.strip("/") or base.query:
        raise UnsafeSettings("BASE_URL must be https:// and a host in production, without a path.")
    if env.get("DEMO") == "1":
        raise UnsafeSettings("DEMO=1 is refused in production: demonstration accounts are public.")
    if env.get("FLASK_DEBUG", "0").lower() not in ("", "0", "false", "no"):
        raise UnsafeSettings(f"FLASK_DEBUG={env['FLASK_DEBUG']} is refused in production.")
    instance = Path(env.get("INSTANCE_DIR") or ROOT / "instance")
    if instance.exists() and instance.stat().st_mode & 0o002:
        raise UnsafeSettings(f"INSTANCE_DIR {instance} is writable by everybody: chmod o-w it.")


def _count(env: Mapping[str, str], name: str, *, usual: int) -> int:
    text = env.get(name) or str(usual)
    if not (text.isascii() and text.isdigit()) or len(text) > 7:
        raise UnsafeSettings(f"{name}={text}: write a whole number, 0 or more.")
    return int(text)


def _service(env: Mapping[str, str], name: str, *examples: str) -> str:
    """The address of a service, "" for none; the sentence does not repeat it, for it may hold a password."""
    url = env.get(name) or ""
    schemes = {example.partition(":")[0] for example in examples}
    if url and not _is_address(url, schemes):
        raise UnsafeSettings(f"{name} is no address: write it like {' or '.join(examples)}.")
    return url


def _is_address(url: str, schemes: set[str]) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in schemes and bool(parts.hostname or parts.path) and parts.port != 0
    except ValueError:
        return False


def _hops(text: str) -> int:
    """How many proxies in front are believed."""
    if not (text.isascii() and text.isdigit()) or int(text) > MOST_HOPS:
        raise UnsafeSettings(f"PROXY_HOPS={text}: write the number of proxies in front, 0 to {MOST_HOPS}.")
    return int(text)


def _backup_days(text: str) -> int:
    """For how long backups are kept: told to people on the privacy pages, kept by whoever makes the backups."""
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= MOST_BACKUP_DAYS:
        raise UnsafeSettings(
            f"BACKUP_DAYS={text}: write the days that backups are kept, 1 to {MOST_BACKUP_DAYS}."
        )
    return int(text)


def _development_secret(instance: Path) -> str:
    """A secret of this copy, kept so that sign-ins survive a restart; never used in production."""
    kept = instance / "secret-key"
    if not kept.exists():
        instance.mkdir(parents=True, exist_ok=True)
        # Whole or not at all, and of two processes that start together the first one's.
        fresh = instance / f".secret-key.{secrets.token_hex(4)}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            kept.hardlink_to(fresh)
        fresh.unlink()
    return kept.read_text().strip()


def database_url(url: str) -> str:
    """The SQLAlchemy address with the psycopg driver named, whatever way it was written."""
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url[len(plain) :]
    return url


def _database(url: str) -> dict[str, Any]:
    return {
        "SQLALCHEMY_DATABASE_URI": database_url(url) or "postgresql+psycopg://127.0.0.1:1/absent",
        "SQLALCHEMY_ENGINE_OPTIONS": {
            "pool_pre_ping": True,
            "pool_size": 5,
            "max_overflow": 5,
            "pool_timeout": 4,
            "connect_args": {
                "connect_timeout": 3,
                # A server that vanished without a word (cable, host) is noticed within seconds, not minutes.
                "tcp_user_timeout": 4000,
                "keepalives_idle": 10,
                "keepalives_interval": 3,
                "keepalives_count": 3,
                "options": "-c search_path=public,procrastinate -c timezone=UTC -c statement_timeout=30000",
            },
        },
    }


def _cookies(*, secure: bool) -> dict[str, Any]:
    return {
        "SESSION_COOKIE_NAME": "__Host-sesi" if secure else "sesi",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "WTF_CSRF_TIME_LIMIT": None,
    }


def _limits() -> dict[str, Any]:
    return {
        "MAX_CONTENT_LENGTH": 32 * MEBIBYTE,
        "MAX_FORM_MEMORY_SIZE": 4 * MEBIBYTE,
        "MAX_FORM_PARTS": 2000,
        "RATELIMIT_STORAGE_URI": "titiktemu-sql://",
        "RATELIMIT_STRATEGY": "fixed-window",
        # What one person sends. Failed sign-ins and letters have their own limits (accounts/throttle.py).
        "RATELIMIT_APPLICATION": "600 per minute",
    }
