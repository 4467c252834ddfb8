"""How long a Pemda takes to answer."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import text

from marketplace.extensions import db
from marketplace.interests.rules import ANSWERS_AT_LEAST

ANSWERS_OF = timedelta(days=365)
# Working days (Monday to Friday) from sending to the answer, the middle one of the last year's answers.
_USUAL = text(
    """
    SELECT o.organisation_id, percentile_disc(0.5) WITHIN GROUP (ORDER BY days.n)
    FROM interests i
    JOIN opportunities o ON o.id = i.opportunity_id
    CROSS JOIN LATERAL (
        SELECT count(*) AS n
        FROM generate_series(
            (i.sent_at AT TIME ZONE 'Asia/Jakarta')::date + 1,
            (i.answered_at AT TIME ZONE 'Asia/Jakarta')::date, interval '1 day'
        ) AS day
        WHERE extract(isodow FROM day) < 6
    ) AS days
    WHERE o.organisation_id = ANY(:ids) AND i.answered_at IS NOT NULL AND i.answered_at > :since
    GROUP BY o.organisation_id HAVING count(*) >= :least
    """
)


def usual_answer_days(organisation_ids: Iterable[int], *, now: datetime) -> dict[int, int]:
    """In how many working days each of these Pemda usually answers; left out where too few answers exist."""
    asked = {"ids": sorted(set(organisation_ids)), "since": now - ANSWERS_OF, "least": ANSWERS_AT_LEAST}
    rows = db.session.execute(_USUAL, asked)
    return {organisation_id: int(days) for organisation_id, days in rows}
