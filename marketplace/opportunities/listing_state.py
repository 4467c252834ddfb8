"""What a listing's page was made from, as one short mark: the page is kept under it and never invalidated."""

from typing import Any

from sqlalchemy import Row

from marketplace.extensions import db
from marketplace.opportunities.questions.queries import SHOWN_FIRST

# A row that is written anew gets another place or another transaction: nobody has to remember to raise a number.
# As the driver takes it: the layer above it takes as long as the statement.
_STATE = """
    SELECT o.slug, o.status, concat_ws(
        ' ', o.xmin, o.ctid, v.xmin, v.ctid, g.xmin, g.ctid,
        (SELECT string_agg(concat(d.xmin, d.ctid, b.xmin, b.ctid), ' ' ORDER BY d.id)
         FROM opportunity_documents d LEFT JOIN blobs b ON b.id = d.blob_id WHERE d.version_id = v.id),
        (SELECT string_agg(concat('a', a.xmin, a.ctid), ' ' ORDER BY a.id)
         FROM opportunity_addenda a WHERE a.opportunity_id = o.id),
        (SELECT string_agg(concat('r', r.xmin, r.ctid, s.xmin, s.ctid), ' ' ORDER BY r.id)
         FROM recommendations r JOIN organisations s ON s.id = r.organisation_id WHERE r.opportunity_id = o.id),
        (SELECT concat('h', h.xmin, h.ctid) FROM assistances h WHERE h.id = o.id),
        (SELECT concat('q', count(*)) FROM questions q
         WHERE q.opportunity_id = o.id AND q.status = 'answered' AND q.same_as_id IS NULL),
        (SELECT string_agg(concat(f.question, f.wording), ' ') FROM (
            SELECT concat(q.xmin, q.ctid) AS question, concat(w.xmin, w.ctid) AS wording
            FROM questions q JOIN question_wordings w ON w.question_id = q.id AND w.number = q.wording
            WHERE q.opportunity_id = o.id AND q.status = 'answered' AND q.same_as_id IS NULL
            ORDER BY q.answered_at DESC, q.id DESC LIMIT %(first)s) f)
    ) AS mark
    FROM opportunities o
    JOIN opportunity_versions v ON v.id = o.published_version_id
    LEFT JOIN organisations g ON g.id = o.organisation_id
    WHERE o.tail = %(tail)s AND o.slug IS NOT NULL
    """


def find_state(tail: str) -> Row[Any] | None:
    """Slug, status and mark of the listing whose address ends so; one statement. None where it was never published.

    The mark differs whenever a row differs that the public page shows; what passes with the day is not in it.
    """
    return db.session.connection().exec_driver_sql(_STATE, {"tail": tail, "first": SHOWN_FIRST}).first()
