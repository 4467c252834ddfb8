"""Fills a database with invented rows, to measure and to try things at size."""

import time
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from psycopg import Connection
from psycopg.errors import UniqueViolation
from sqlalchemy import select

from marketplace.core import clock
from marketplace.extensions import db
from marketplace.operation.synthetic import listings, organisations
from marketplace.operation.synthetic.copying import copy_rows, reserve_ids
from marketplace.opportunities.documents import SOURCE
from marketplace.regions.models import Region
from marketplace.regions.queries import gazetteer
from marketplace.search.following import build
from marketplace.search.index import home_of
from marketplace.taxonomy.queries import taxonomy

_BATCH = 20_000
_MOST = 10_000_000
_YEARS = range(2000, 2100)


@click.command("seed-synthetic")
@click.option(
    "--opportunities",
    "number",
    type=click.IntRange(0, _MOST),
    default=0,
    show_default=True,
    help="How many listings.",
)
@click.option(
    "--partners", type=click.IntRange(0, _MOST), default=0, show_default=True, help="How many partners."
)
@click.option("--seed", default=1, show_default=True, help="The same seed and day give the same rows.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day that dates are counted from.")
@click.option("--index/--no-index", "wants_index", default=True, help="Rebuild the search index at the end.")
@with_appcontext
def seed_synthetic(number: int, partners: int, seed: int, today: Any, wants_index: bool) -> None:
    """Fill the database with invented listings and partners (COPY)."""
    if current_app.config["PRODUCTION"]:
        raise click.ClickException("APP_ENV=production: invented rows are refused.")
    day = today.date() if today else clock.now().date()
    if day.year not in _YEARS:
        raise click.BadParameter(f"choose a day from {_YEARS[0]} to {_YEARS[-1]}.", param_hint="--today")
    if db.session.scalar(select(Region.code).limit(1)) is None:
        raise click.ClickException("The database has no regions: run `flask load-reference` first.")
    began, done = time.monotonic(), 0
    try:
        for done in fill(number, partners, seed, day):
            click.echo(f"\r{done} ", nl=False)
    except UniqueViolation:
        raise click.ClickException(f"Rows of seed {seed} are there already: choose another --seed.") from None
    seconds = time.monotonic() - began
    click.echo(f"\r{done} listings and {partners} partners in {seconds:.1f} s.")
    if wants_index:
        indexed = max(build(home_of(current_app.config["INSTANCE_DIR"]), db.engine, SOURCE), default=0)
        click.echo(f"{indexed} listings indexed.")
    click.echo("Suggestions of these rows come with `flask match-refresh`, or by night.")


def fill(number: int, partners: int, seed: int, today: date) -> Iterator[int]:
    """Writes the rows in one transaction; yields how many listings are in so far."""
    places, terms, now = gazetteer(), taxonomy(), clock.now()
    with db.engine.connect() as outer, outer.begin():
        connection: Connection[Any] = outer.connection.driver_connection  # type: ignore[assignment]
        # The limit of a page's statement is none for a million rows.
        connection.execute("SET LOCAL statement_timeout = 0")
        pemda = _pemda(connection)
        first = reserve_ids(connection, "organisations", partners)
        _copy_organisations(connection, organisations.partners(partners, seed, first, now))
        profiles = organisations.profiles(partners, seed, first, terms, places.provinces)
        copy_rows(connection, "partner_profiles", organisations.PROFILE_COLUMNS, profiles)
        setting = listings.Setting(
            pemda=pemda,
            places=places.by_code,
            terms=terms,
            today=today,
            first_listing=reserve_ids(connection, "opportunities", number),
            first_version=reserve_ids(connection, "opportunity_versions", number),
        )
        yield from _copy_listings(connection, setting, listings.listings(setting, number, seed))


def _pemda(connection: Connection[Any]) -> dict[str, int]:
    """A verified Pemda for each of the 546 regions that have a government; made where there is none yet."""
    known = _verified(connection)
    missing = [place for place in gazetteer().governments() if place.code not in known]
    first = reserve_ids(connection, "organisations", len(missing))
    _copy_organisations(connection, organisations.pemda(missing, first, clock.now()))
    return _verified(connection)


def _verified(connection: Connection[Any]) -> dict[str, int]:
    rows = connection.execute(
        "SELECT region_code, id FROM organisations WHERE kind = 'pemda' AND status = 'verified'"
    ).fetchall()
    return dict(rows)


def _copy_organisations(connection: Connection[Any], rows: Iterator[organisations.Row]) -> None:
    copy_rows(connection, "organisations", organisations.ORGANISATION_COLUMNS, rows)


def _copy_listings(
    connection: Connection[Any], setting: listings.Setting, made: Iterator[listings.Listing]
) -> Iterator[int]:
    done = 0
    while batch := list(islice(made, _BATCH)):
        copy_rows(connection, "opportunities", listings.LISTING_COLUMNS, (made.opportunity for made in batch))
        copy_rows(
            connection, "opportunity_versions", listings.VERSION_COLUMNS, (made.version for made in batch)
        )
        done += len(batch)
        yield done
    # Each points at the other: the listing first, then its version, then the pointer to it.
    connection.execute(
        """
        UPDATE opportunities o SET published_version_id = v.id FROM opportunity_versions v
        WHERE v.opportunity_id = o.id AND o.id >= %s AND o.id < %s AND o.status <> 'unpublished'
        """,
        [setting.first_listing, setting.first_listing + done],
    )
    connection.execute("ANALYZE opportunities, opportunity_versions, organisations")
