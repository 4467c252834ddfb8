"""Whether the counts of the search are those of plain SQL, on fixed mixes of filters."""

import json
import random
from datetime import datetime

from sqlalchemy import Connection, text

from benchmarks.searching import CHOICES, mix
from marketplace.core import clock
from marketplace.data.reading import codes, read_rows
from marketplace.search.counts import SHOWN
from marketplace.search.finding import find
from marketplace.search.index import View
from marketplace.search.query import SearchRequest
from marketplace.search.schema import Facet

# Every listing with the values that it has in each facet, said anew: nothing of the index's own code is used.
_FACTS = """
CREATE TEMP TABLE facts AS
SELECT o.id,
    ARRAY[v.dimension_code] AS dimension,
    ARRAY[v.sector_code] AS sector,
    ARRAY(SELECT kbli_code FROM sector_kbli k WHERE k.sector_code = v.sector_code) AS kbli,
    ARRAY(SELECT DISTINCT unnest(ARRAY[o.region_code, left(o.region_code, 2)])) AS region,
    v.scheme_codes AS scheme,
    ARRAY(
        SELECT rung::text FROM generate_series(1, coalesce(array_position(
            ARRAY['idea', 'concept', 'pre_fs', 'fs', 'ready', 'transaction'], v.readiness), 1)) rung
    ) AS readiness,
    ARRAY[CASE WHEN v.value_idr IS NULL THEN 'belum-dinyatakan' WHEN v.value_idr < 1e10 THEN 'di-bawah-10-miliar'
        WHEN v.value_idr < 1e11 THEN '10-100-miliar' WHEN v.value_idr < 1e12 THEN '100-miliar-1-triliun'
        ELSE 'di-atas-1-triliun' END] AS value,
    CASE WHEN o.origin = 'public_example' OR o.closes_at <= :now THEN '{}'::text[]
        WHEN o.closes_at IS NULL THEN ARRAY['none']
        ELSE ARRAY(SELECT days::text FROM unnest(ARRAY[7, 30, 90]) days
            WHERE (o.closes_at AT TIME ZONE r.timezone)::date - (:now AT TIME ZONE r.timezone)::date <= days)
        END AS deadline,
    ARRAY[CASE WHEN o.origin = 'public_example' THEN 'example' WHEN o.closes_at <= :now THEN 'closed'
        ELSE 'open' END] AS status,
    v.partner_kinds AS partner,
    ARRAY(SELECT days::text FROM unnest(ARRAY[7, 30, 90]) days
        WHERE (:now AT TIME ZONE 'Asia/Jakarta')::date - (o.published_at AT TIME ZONE 'Asia/Jakarta')::date <= days
    ) AS posted,
    ARRAY(SELECT regexp_replace(lower(c.cohort), '[^a-z0-9]+', '-', 'g') FROM cohort_entries c
        WHERE c.region_code = o.region_code AND c.confidence <> 'low') AS cohort,
    ARRAY(SELECT key FROM jsonb_each(CAST(:clusters AS jsonb)) WHERE jsonb_exists(value, o.region_code)) AS cluster
FROM opportunities o
JOIN opportunity_versions v ON v.id = o.published_version_id
JOIN regions r ON r.code = o.region_code
WHERE o.status IN ('published', 'partner_found', 'no_partner')
"""


def differences(view: View, connection: Connection, mixes: int) -> list[str]:
    """Where index and SQL do not say the same on so many mixes; empty if they always do."""
    source, now = random.Random(11), clock.now()
    clusters = {row["code"]: codes(row["region_codes"]) for row in read_rows("clusters.csv")}
    connection.execute(text(_FACTS), {"now": now, "clusters": json.dumps(clusters)})
    found = []
    for number in range(mixes):
        request = _request(source, now)
        counted = find(view, request).counts
        found += [
            f"mix {number}, {facet.value}: {request.chosen}"
            for facet in SHOWN
            if {value: n for value, n in counted[facet].items() if n} != _by_sql(connection, request, facet)
        ]
    connection.execute(text("DROP TABLE facts"))
    return found


def _request(source: random.Random, now: datetime) -> SearchRequest:
    return SearchRequest(
        now, chosen=mix(source, source.randint(0, 6), source.randint(1, 3), tuple(CHOICES)).chosen
    )


def _by_sql(connection: Connection, request: SearchRequest, facet: Facet) -> dict[str, int]:
    """How many listings have each value of the facet, and any of the chosen ones in every other."""
    others = {each.value: list(values) for each, values in request.chosen.items() if each is not facet}
    # Names of our own, no reader's words.
    conditions = "".join(f" AND {name} && CAST(:{name} AS text[])" for name in others)
    statement = f"SELECT v, count(*) FROM facts, unnest({facet.value}) v WHERE true{conditions} GROUP BY v"  # noqa: S608
    counted: dict[str, int] = dict(connection.execute(text(statement), others).tuples().all())
    if facet is Facet.REGION and facet not in request.chosen:
        return {code: number for code, number in counted.items() if len(code) == 2}
    return counted
