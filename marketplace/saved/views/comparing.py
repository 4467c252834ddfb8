"""Up to four public listings side by side; which ones stands in the address, so that it can be sent to somebody."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import ngettext

from marketplace.core import clock
from marketplace.opportunities import labels
from marketplace.opportunities.rules import Standing, standing
from marketplace.opportunities.wording import title_in
from marketplace.saved.queries import Compared, list_compared, list_documents_of, list_kept_among
from marketplace.saved.rules import COLUMNS_AT_MOST, Choice, parse_choice
from marketplace.saved.views.comparison import Side, rows_of
from marketplace.web.actors import current_actor
from marketplace.web.columns import told_together
from marketplace.web.language import get_language

comparing = Blueprint("comparing", __name__)


@comparing.get("/peluang/banding")
def compare() -> str:
    """Those that `id` names and that are public; a sentence says how many were left out."""
    choice = parse_choice(request.args.getlist("id"))
    found = list_compared(choice.tails)
    documents = list_documents_of([each.version.id for each in found])
    now = clock.now()
    sides = [Side(each, documents[each.version.id], now) for each in found]
    numbers = [each.opportunity.id for each in found]
    kept = list_kept_among(current_actor().user_id, numbers)
    rows = rows_of(sides)
    return render_template(
        "saved/compare.html", columns=_columns(found, kept), rows=rows, left_out=_left_out(choice, found),
        parts=[(row.part, row.group) for row in rows if row.group],
        most=COLUMNS_AT_MOST, tails=[each.opportunity.tail for each in found], told_together=told_together,
    )  # fmt: skip


def _columns(found: Sequence[Compared], kept: frozenset[int]) -> list[dict[str, Any]]:
    """The heads of the table."""
    now, tails = clock.now(), [each.opportunity.tail for each in found]
    columns = []
    for each in found:
        o = each.opportunity
        stands = standing(o.status, origin=o.origin, closes_at=o.closes_at, now=now)
        paused = stands is Standing.OPEN and each.accepts is False
        title, title_lang = title_in(each.version, get_language())
        columns.append(
            {
                "id": o.id, "tail": o.tail, "slug": o.slug, "title": title, "title_lang": title_lang,
                "offerer": each.organisation_name, "label": labels.PAUSED if paused else labels.STANDING[stands],
                "kept": o.id in kept, "others": [tail for tail in tails if tail != o.tail],
            }
        )  # fmt: skip
    return columns


def _left_out(choice: Choice, found: Sequence[Compared]) -> list[str]:
    """Why fewer stand here than the address names."""
    told, gone = [], len(choice.tails) - len(found)
    if gone:
        told.append(
            ngettext(
                "%(num)s peluang tidak dikenal atau tidak lagi tampil untuk umum, jadi tidak dibandingkan.",
                "%(num)s peluang tidak dikenal atau tidak lagi tampil untuk umum, jadi tidak dibandingkan.",
                gone,
            )
        )
    if choice.too_many:
        told.append(
            ngettext(
                "Paling banyak %(most)s peluang yang muat; %(num)s yang dipilih terakhir tidak dibandingkan.",
                "Paling banyak %(most)s peluang yang muat; %(num)s yang dipilih terakhir tidak dibandingkan.",
                choice.too_many, most=COLUMNS_AT_MOST,
            )
        )  # fmt: skip
    return told
