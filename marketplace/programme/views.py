from itertools import groupby

from flask import Blueprint, render_template

from marketplace.programme.queries import count_by_year, list_records
from marketplace.regions.queries import gazetteer

programme = Blueprint("programme", __name__)


@programme.get("/program")
def index() -> str:
    records = list_records()
    return render_template(
        "programme/index.html",
        years={year: list(group) for year, group in groupby(records, key=lambda record: record.year)},
        counts=count_by_year(records),
        regions_recorded=len({record.region_code for record in records}),
        total=len(records),
        gazetteer=gazetteer(),
    )
