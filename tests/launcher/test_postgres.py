"""The cluster of a newcomer: where its socket lies, and what is refused."""

import os
import stat
from pathlib import Path

import psycopg
import pytest

from launcher import database, datafolder, throwaway
from launcher.postgres import Cluster
from launcher.words import CannotGoOn


def cluster(home: Path) -> Cluster:
    return Cluster(home, home / "log")


def test_the_socket_lies_beside_the_data() -> None:
    assert (
        cluster(Path("/srv/titik-temu")).url()
        == "postgresql+psycopg://titiktemu@/titiktemu?host=/srv/titik-temu/socket"
    )


@pytest.mark.parametrize("home", ["/srv/" + "long" * 25, "/srv/my folder", "/srv/100%", "/srv/Daérah"])
def test_a_path_that_a_socket_or_an_address_cannot_hold_gets_a_short_one(home: str) -> None:
    socket = cluster(Path(home)).socket
    assert len(str(socket)) < 100
    assert home not in str(socket)
    assert socket != cluster(Path(home + "2")).socket


def test_a_foreign_folder_in_the_temporary_folder_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("launcher.postgres.tempfile.gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(datafolder, "make", lambda data, durable: data.mkdir())
    ours = cluster(tmp_path / "with space")
    ours.socket.mkdir(mode=0o777)
    ours.socket.chmod(0o777)
    with pytest.raises(CannotGoOn, match="is not ours"):
        ours.prepare()


def test_data_of_another_version_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "PG_VERSION").write_text("15\n")
    with pytest.raises(CannotGoOn, match="made by PostgreSQL 15, and this is 18"):
        datafolder.check(tmp_path)


def test_a_throw_away_server_takes_databases_and_leaves_nothing() -> None:
    with throwaway.database_url({}) as url:
        folder = Path(url.rpartition("host=")[2])
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        with psycopg.connect(database.conninfo(url), autocommit=True) as connection:
            connection.execute("CREATE DATABASE one")
            listening = connection.execute("SHOW listen_addresses").fetchone()
        assert listening == ("",)
        assert database.is_new(url)
    assert not folder.parent.exists()


def test_a_given_test_server_is_used() -> None:
    with throwaway.database_url({"TEST_DATABASE_URL": "postgresql://given"}) as url:
        assert url == "postgresql://given"


def test_a_database_that_does_not_answer_is_one_sentence() -> None:
    with pytest.raises(CannotGoOn, match="does not answer"):
        database.is_new(
            f"postgresql+psycopg://u@127.0.0.1:1/x?connect_timeout=2&application_name={os.getpid()}"
        )
