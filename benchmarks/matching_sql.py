"""The same score as one SQL statement a listing: what matching would cost if the database did it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from psycopg import Connection, connect

from benchmarks.matching_world import Invented
from marketplace.matching.factors import FULL, PERCENT, STEP_LOSS, steps
from marketplace.matching.facts import TOP_LEVEL, Listing, Partner
from marketplace.matching.model import Model
from marketplace.matching.ranking import TIE_FACTORS, TIE_MASK, TIE_SHIFTS
from marketplace.matching.settings import FACTORS, Direction, Factor

_TABLES = """
CREATE TEMP TABLE partners (id int PRIMARY KEY, kind text, sectors text[], dimensions text[], provinces text[],
  schemes text[], smallest int, largest int, rung_from int, capabilities text[], shown boolean, proven text[],
  proven_dimensions text[], capacity int, languages text[], level int, has_text boolean);
CREATE TEMP TABLE partner_terms (partner_id int, term text, weight int)
"""
_INDEX = """
CREATE INDEX ON partner_terms (term) INCLUDE (partner_id, weight);
ANALYZE partners; ANALYZE partner_terms
"""
_STATEMENT = """
WITH asked AS (SELECT * FROM unnest(%(terms)s::text[], %(numbers)s::int[]) AS a (term, number)),
texts AS (
  SELECT t.partner_id, sum(t.weight * a.number)::bigint AS product
  FROM asked a JOIN partner_terms t USING (term) GROUP BY t.partner_id
),
found AS (
  SELECT p.id,
    CASE WHEN %(sector)s::text IS NULL OR p.sectors = '{{}}' THEN {sector}
      WHEN %(sector)s = ANY (p.sectors) THEN {full}
      WHEN %(dimension)s = ANY (p.dimensions) THEN {related} ELSE 0 END AS sector,
    CASE WHEN p.provinces = '{{}}' THEN {anywhere} WHEN %(province)s = ANY (p.provinces) THEN {full}
      WHEN p.provinces && %(near)s::text[] THEN {near} ELSE 0 END AS region,
    CASE WHEN %(amount)s::int IS NULL OR coalesce(p.smallest, p.largest) IS NULL THEN {value}
      ELSE least(
        greatest({full} - {loss} * greatest(coalesce(p.smallest - %(amount)s, 0), coalesce(%(amount)s - p.largest, 0), 0), 0),
        CASE WHEN p.largest IS NULL THEN {value} ELSE {full} END) END AS value,
    CASE WHEN %(schemes)s::text[] = '{{}}' OR p.schemes = '{{}}' THEN {scheme}
      WHEN p.schemes && %(schemes)s THEN {full} ELSE 0 END AS scheme,
    CASE WHEN p.rung_from IS NULL THEN {full} WHEN %(rung)s::int IS NULL THEN {readiness}
      ELSE greatest({full} - {rung} * greatest(p.rung_from - %(rung)s, 0), 0) END AS readiness,
    CASE WHEN NOT %(has_text)s OR NOT p.has_text THEN {text}
      ELSE least(coalesce(t.product, 0), {full}) END AS text,
    CASE WHEN %(kinds)s::text[] = '{{}}' OR p.kind IS NULL THEN {kind}
      WHEN p.kind = ANY (%(kinds)s) THEN {full} ELSE 0 END AS kind,
    {must_haves} AS must_haves,
    CASE WHEN %(capabilities)s::text[] = '{{}}' OR p.capabilities = '{{}}' THEN {capability}
      WHEN p.capabilities @> %(capabilities)s THEN {full}
      ELSE (SELECT count(*) FROM unnest(%(capabilities)s) AS c WHERE c = ANY (p.capabilities))
        * ({full} / cardinality(%(capabilities)s)) END AS capability,
    CASE WHEN %(sector)s IS NULL OR NOT p.shown THEN {experience}
      WHEN %(sector)s = ANY (p.proven) THEN {full}
      WHEN %(dimension)s = ANY (p.proven_dimensions) THEN {related_experience} ELSE {other_experience} END AS experience,
    CASE WHEN %(amount)s IS NULL OR p.capacity IS NULL THEN {capacity}
      ELSE greatest({full} - {loss} * greatest(%(amount)s - p.capacity, 0), 0) END AS capacity,
    CASE WHEN %(languages)s::text[] = '{{}}' OR p.languages = '{{}}' THEN {language}
      WHEN p.languages && %(languages)s THEN {full} ELSE 0 END AS language,
    CASE WHEN p.level IS NULL THEN {level} ELSE {full} * p.level / {top} END AS level
  FROM partners p LEFT JOIN texts t ON t.partner_id = p.id
),
sides AS (SELECT id, ({for_partner})::bigint AS a, ({for_listing})::bigint AS b,
  ((%(id)s::bigint & {mask}) * {of_owner} + (id::bigint & {mask}) * {of_other}) & {mask} AS first FROM found),
mixed AS (SELECT id, a, b, ((first # (first >> {shifts[0]})) * {of_both}) & {mask} AS second FROM sides)
SELECT id, CASE WHEN a + b = 0 THEN 0 ELSE a * b / (6 * (a + b)) END AS total
FROM mixed ORDER BY total DESC, (second # (second >> {shifts[1]})) >> {shifts[2]}, id LIMIT %(k)s
"""


class Asked:
    """A database that ranks partners for a listing."""

    def __init__(self, connection: Connection[Any], world: Invented, model: Model) -> None:
        self._connection, self._world, self._model = connection, world, model
        self._statement = _statement(model)

    def rank_partners(self, listing: Listing, k: int) -> list[tuple[int, int]]:
        """The k best partners with their scores."""
        around, vector = self._model.surroundings, self._model.vector(listing.terms)
        values = {
            "id": listing.id, "terms": list(vector), "numbers": list(vector.values()), "sector": listing.sector,
            "dimension": around.dimensions.get(listing.sector or ""), "province": listing.province,
            "near": sorted(around.near[listing.province]), "rung": listing.rung, "k": k,
            "amount": steps(listing.amount_idr) if listing.amount_idr else None, "has_text": bool(listing.terms),
            "schemes": sorted(listing.schemes), "kinds": sorted(listing.partner_kinds),
            "capabilities": sorted(listing.capabilities), "languages": sorted(listing.languages),
        }  # fmt: skip
        return self._connection.execute(self._statement.encode(), values).fetchall()


@contextmanager
def asked(url: str, world: Invented, model: Model) -> Iterator[Asked]:
    """The world's partners in temporary tables of that server."""
    with connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(_TABLES)
        _copy(connection, "partners", (_row(partner, model) for partner in world.partners))
        vectors = ((each.id, model.vector(each.terms)) for each in world.partners)
        _copy(
            connection,
            "partner_terms",
            ((number, *term) for number, vector in vectors for term in vector.items()),
        )
        connection.execute(_INDEX)
        yield Asked(connection, world, model)


def _copy(connection: Connection[Any], table: str, rows: Iterator[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _row(partner: Partner, model: Model) -> tuple[Any, ...]:
    dimensions = model.surroundings.dimensions
    amounts = partner.smallest_idr, partner.largest_idr, partner.capacity_idr
    smallest, largest, capacity = (steps(each) if each else None for each in amounts)
    return (
        partner.id, partner.kind, sorted(partner.sectors), sorted({dimensions[each] for each in partner.sectors}),
        sorted(partner.provinces), sorted(partner.schemes), smallest, largest, partner.rung_from,
        sorted(partner.capabilities), bool(partner.records or partner.proven_sectors), sorted(partner.proven_sectors),
        sorted({dimensions[each] for each in partner.proven_sectors}), capacity, sorted(partner.languages),
        partner.level, bool(partner.terms),
    )  # fmt: skip


def _statement(model: Model) -> str:
    settings = model.settings
    of_owner, of_other, of_both = TIE_FACTORS
    shares = {str(factor): settings.neutral[factor] * PERCENT for factor in Factor}
    summed = {
        str(direction): " + ".join(
            f"{settings.weights(direction)[each]} * {each}" for each in FACTORS[direction]
        )
        for direction in Direction
    }
    return _STATEMENT.format(
        full=FULL, loss=STEP_LOSS, top=TOP_LEVEL,
        related=settings.related_sector * PERCENT, near=settings.near_province * PERCENT,
        anywhere=settings.anywhere * PERCENT, rung=settings.rung_step * PERCENT,
        related_experience=settings.related_experience * PERCENT,
        other_experience=settings.other_experience * PERCENT, **shares, **summed,
        mask=TIE_MASK, shifts=TIE_SHIFTS, of_owner=of_owner, of_other=of_other, of_both=of_both,
    )  # fmt: skip
