"""`load-reference`: once, again, and over an older load."""

import dataclasses
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, delete, func, insert, select, text, update

from marketplace.data.upserting import Changes, Wanted, bring_in_step
from marketplace.innovations.models import Innovation, InnovationWant
from marketplace.organisations.models import Organisation
from marketplace.programme.models import CohortEntry
from marketplace.reference.loading import PARTS, load_all
from marketplace.reference.models import ReferenceLoad
from marketplace.regions.models import Region
from marketplace.regions.queries import gazetteer
from marketplace.taxonomy.models import Dimension, KbliEntry, Scheme, Sector, SectorKbli
from marketplace.taxonomy.queries import taxonomy

NOW = datetime(2026, 3, 1, tzinfo=UTC)
LATER = datetime(2026, 4, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "model, rows",
    [
        (Region, 552),
        (Dimension, 6),
        (Sector, 42),
        (KbliEntry, 2686),
        (SectorKbli, 85),
        (Scheme, 10),
        (CohortEntry, 248),
        (Innovation, 52),
    ],
)
def test_everything_is_loaded(connection: Connection, model: Any, rows: int) -> None:
    assert connection.scalar(select(func.count()).select_from(model)) == rows


def test_governments(connection: Connection) -> None:
    assert connection.scalar(select(func.count()).where(Region.autonomous)) == 546


def test_a_second_load_has_nothing_to_do(connection: Connection) -> None:
    outcomes = load_all(connection, now=NOW)
    assert [outcome.name for outcome in outcomes] == [part.name for part in PARTS]
    assert all(outcome.changes is None for outcome in outcomes)


def test_a_forced_load_changes_nothing(connection: Connection) -> None:
    outcomes = load_all(connection, now=NOW, force=True)
    assert [outcome.name for outcome in outcomes] == [part.name for part in PARTS]
    for outcome in outcomes:
        assert outcome.changes, outcome.name
        for change in outcome.changes:
            assert (change.inserted, change.updated, change.removed, change.kept) == (0, 0, [], []), change


def test_an_older_load_is_upgraded(connection: Connection) -> None:
    _make_old(connection)
    connection.execute(update(Region).where(Region.code == "71.72").values(population=1, slug="old"))
    connection.execute(delete(CohortEntry).where(CohortEntry.region_code == "35.10"))
    changes = _changes(load_all(connection, now=LATER))
    assert changes["regions"].updated == 1
    assert changes["cohort_entries"].inserted >= 1
    bitung = connection.execute(select(Region.population, Region.slug).where(Region.code == "71.72")).one()
    assert tuple(bitung) == (216026, "kota-bitung")
    assert connection.scalar(select(func.min(ReferenceLoad.loaded_at))) == LATER


def test_what_is_gone_from_the_files_goes_unless_it_is_used(connection: Connection) -> None:
    _make_old(connection)
    for external_id in ("900", "901"):
        _copy_innovation(connection, external_id)
    used = connection.scalar(select(Innovation.id).where(Innovation.external_id == "901"))
    organisation = connection.scalar(select(func.min(Organisation.id)))
    connection.execute(
        insert(InnovationWant).values(
            innovation_id=used, organisation_id=organisation, region_code="71.72", created_at=NOW
        )
    )
    change = _changes(load_all(connection, now=LATER))["innovations"]
    assert change.removed == [("900",)]
    assert change.kept == [("901",)]
    assert "901" in change.line


def test_wants_outlive_an_upgrade_of_their_innovation(connection: Connection) -> None:
    before = connection.scalar(select(Innovation.id).where(Innovation.external_id == "041"))
    _make_old(connection)
    connection.execute(update(Innovation).where(Innovation.external_id == "041").values(title="Lama"))
    load_all(connection, now=LATER)
    after = connection.execute(
        select(Innovation.id, Innovation.title).where(Innovation.external_id == "041")
    ).one()
    assert tuple(after) == (before, "Smart Kampung")


def test_a_load_refreshes_what_pages_hold(connection: Connection, session: Any) -> None:
    assert gazetteer().by_code["71.72"].population == 216026
    held = taxonomy()
    _make_old(connection)
    load_all(connection, now=LATER)
    assert taxonomy() is not held


def test_two_phases_let_parents_and_children_go_together(connection: Connection) -> None:
    rows = [_scheme("uji", 99)]
    wanted = Wanted(Scheme, [*_stored_schemes(connection), *rows], ("code",))
    assert bring_in_step(connection, wanted)[0].inserted == 1
    without = dataclasses.replace(wanted, rows=wanted.rows[:-1])
    assert bring_in_step(connection, without)[0].removed == [("uji",)]


def _make_old(connection: Connection) -> None:
    connection.execute(update(ReferenceLoad).values(sha256="older", loaded_at=NOW))


def _changes(outcomes: list[Any]) -> dict[str, Changes]:
    return {change.table: change for outcome in outcomes for change in outcome.changes or []}


def _copy_innovation(connection: Connection, external_id: str) -> None:
    names = [c.name for c in Innovation.__table__.columns if c.name not in ("id", "external_id", "slug")]
    connection.execute(
        text(
            f"INSERT INTO innovations (external_id, slug, {', '.join(names)})"
            f" SELECT :new, :new, {', '.join(names)} FROM innovations WHERE external_id = '041'"
        ),
        {"new": external_id},
    )


def _scheme(code: str, position: int) -> dict[str, Any]:
    return {
        "code": code, "name_id": code, "name_en": code, "long_name_id": code, "source": "uji", "position": position,
    }  # fmt: skip


def _stored_schemes(connection: Connection) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(select(Scheme.__table__)).mappings()]
