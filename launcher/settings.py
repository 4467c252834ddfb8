"""What the environment says about this copy of the product, read once."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from launcher.words import CannotGoOn

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_PORT = 8000
HIGHEST_PORT = 65535


@dataclass(frozen=True)
class Settings:
    """One copy: where it keeps things, where it listens, which database it uses."""

    instance: Path
    host: str
    port: int
    production: bool
    demo: bool
    database_url: str
    base_url: str

    @property
    def address(self) -> str:
        """Where people open the product."""
        return self.base_url or f"http://localhost:{self.port}"

    def environment(self, inherited: Mapping[str, str], database_url: str) -> dict[str, str]:
        """The environment of the product's own processes."""
        return {
            **inherited,
            "APP_ENV": "production" if self.production else "development",
            "DATABASE_URL": database_url,
            "DEMO": "1" if self.demo else "0",
            "HOST": self.host,
            "INSTANCE_DIR": str(self.instance),
            "PORT": str(self.port),
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
        }


def read(env: Mapping[str, str]) -> Settings:
    """The settings, or a sentence about the one that cannot be."""
    production = _production(env.get("APP_ENV") or "development")
    _check_processes(env.get("WEB_CONCURRENCY") or "2")
    missing = [
        name for name in ("SECRET_KEY", "BASE_URL", "DATABASE_URL") if production and not env.get(name)
    ]
    if missing:
        names = ", ".join(missing)
        raise CannotGoOn(
            f"APP_ENV=production memerlukan {names}: isi dahulu, lalu ulangi.",
            f"APP_ENV=production needs {names}: set them, then try again.",
        )
    if production and env.get("DEMO") == "1":
        raise CannotGoOn(
            "DEMO=1 ditolak dalam produksi, sebab akun demonstrasi diketahui umum.",
            "DEMO=1 is refused in production, since demonstration accounts are public.",
        )
    return Settings(
        instance=Path(env.get("INSTANCE_DIR") or ROOT / "instance").resolve(),
        host=env.get("HOST") or "127.0.0.1",
        port=_port(env.get("PORT") or str(DEFAULT_PORT)),
        production=production,
        demo=not production and env.get("DEMO", "1") == "1",
        database_url=env.get("DATABASE_URL", ""),
        base_url=env.get("BASE_URL", ""),
    )


def _production(name: str) -> bool:
    if name not in ("development", "production"):
        raise CannotGoOn(
            f"APP_ENV={name} tidak dikenal: tulis production atau development.",
            f"APP_ENV={name} is unknown: write production or development.",
        )
    return name == "production"


def _check_processes(text: str) -> None:
    if not re.fullmatch("[1-9][0-9]{0,2}", text):
        raise CannotGoOn(
            f"WEB_CONCURRENCY={text} bukan jumlah proses: tulis 1 sampai 999.",
            f"WEB_CONCURRENCY={text} is no number of processes: write 1 to 999.",
        )


def _port(text: str) -> int:
    if re.fullmatch("[0-9]{1,5}", text) and 0 < int(text) <= HIGHEST_PORT:
        return int(text)
    raise CannotGoOn(
        f"PORT={text} bukan nomor port: pilih 1 sampai {HIGHEST_PORT}, misalnya `make run PORT=8001`.",
        f"PORT={text} is not a port number: choose 1 to {HIGHEST_PORT}, for example `make run PORT=8001`.",
    )


def make_instance(folder: Path) -> None:
    """The instance folder exists and can be written, or a sentence says so."""
    try:
        # Closed to the eyes of others; PostgreSQL of a root person is another user and passes through.
        folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        (folder / "log").mkdir(exist_ok=True)
        (folder / "run").mkdir(exist_ok=True)
        probe = folder / "run" / f"probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise CannotGoOn(
            f"INSTANCE_DIR {folder} tidak bisa ditulisi ({error.strerror}): pilih folder lain, "
            "misalnya `make run INSTANCE_DIR=$HOME/titik-temu`.",
            f"INSTANCE_DIR {folder} cannot be written ({error.strerror}): choose another folder, "
            "for example `make run INSTANCE_DIR=$HOME/titik-temu`.",
        ) from error
