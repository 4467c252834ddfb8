"""Brings dimensions, sectors, KBLI and schemes in step with the shipped lists."""

from itertools import count

from sqlalchemy import Connection

from marketplace.data.reading import codes, digest, read_rows
from marketplace.data.upserting import Changes, Row, Wanted, bring_in_step
from marketplace.taxonomy.kbli_suggestion import EDITION
from marketplace.taxonomy.models import Dimension, KbliEntry, Scheme, Sector, SectorKbli

# Raised when the loading itself changes, so that older databases load anew.
REVISION = 1


def fingerprint() -> str:
    """Changes whenever a load would have something to do."""
    return digest("sectors.csv", "schemes.csv", "kbli2020.csv", revision=REVISION)


def load(connection: Connection) -> list[Changes]:
    """Upserts 6 dimensions, 42 sectors, KBLI 2020 with the sectors' codes, and 10 schemes."""
    sectors = read_rows("sectors.csv")
    return bring_in_step(
        connection,
        Wanted(Dimension, _dimensions(sectors), ("code",)),
        Wanted(Sector, [_sector(row, at) for at, row in enumerate(sectors, 1)], ("code",)),
        Wanted(KbliEntry, [_kbli(row) for row in read_rows("kbli2020.csv")], ("edition", "code")),
        Wanted(SectorKbli, _links(sectors), ("sector_code", "edition", "kbli_code")),
        Wanted(Scheme, [_scheme(row, at) for at, row in enumerate(read_rows("schemes.csv"), 1)], ("code",)),
    )


def _dimensions(sectors: list[dict[str, str]]) -> list[Row]:
    """The dimensions in the order in which the sectors name them, which is the programme's."""
    found: dict[str, Row] = {}
    positions = count(1)
    for row in sectors:
        if row["dimension_id"] not in found:
            found[row["dimension_id"]] = {
                "code": row["dimension_id"],
                "name": row["dimension"],
                "name_id": row["dimension_name_id"],
                "name_en": row["dimension"],
                "position": next(positions),
            }
    return list(found.values())


def _sector(row: dict[str, str], position: int) -> Row:
    return {
        "code": row["sector_id"],
        "dimension_code": row["dimension_id"],
        "name_id": row["name_id"],
        "name_en": row["name_en"],
        "oc4ids_code": row["oc4ids_project_sector"],
        "position": position,
    }


def _kbli(row: dict[str, str]) -> Row:
    return {
        "edition": EDITION,
        "code": row["code"],
        "digits": int(row["digits"]),
        "title": row["title"],
    }


def _links(sectors: list[dict[str, str]]) -> list[Row]:
    return [
        {"sector_code": row["sector_id"], "edition": EDITION, "kbli_code": code, "position": at}
        for row in sectors
        for at, code in enumerate(codes(row["kbli2020_codes"]), 1)
    ]


def _scheme(row: dict[str, str], position: int) -> Row:
    return {
        "code": row["id"],
        "name_id": row["name"],
        "name_en": row["name_en"],
        "long_name_id": row["long_name_id"],
        "source": row["source"],
        "position": position,
    }
