"""How many statements the busiest pages ask, and that more rows do not make it more."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import Connection

from marketplace.matching.lists.held_model import current_model
from marketplace.web.fragments import Fragments
from tests.factories.opportunities import a_published_opportunity
from tests.factories.suggestions import a_model
from tests.support.clients import PageClient
from tests.support.queries import QueryCounter
from tests.support.searching import index_everything

# Page -> the most for a visitor, the most for somebody signed in.
BUDGETS = {
    "/peluang": (3, 6),
    "/en/peluang?skema=kpbu&urut=nilai": (3, 6),
    "/peluang?q=peluang": (3, 6),
    "/peluang/{listing}": (8, 11),
    "/daerah/71.72-kota-bitung": (8, 11),
    "/daerah/71-provinsi-sulawesi-utara": (8, 11),
}


@pytest.mark.parametrize("persona", ["visitor", "pemda_editor", "investor", "moderator"])
@pytest.mark.parametrize("page", BUDGETS)
def test_a_page_keeps_its_budget_with_three_rows_and_with_thirty(
    app: Flask, connection: Connection, client: PageClient, client_as: Callable[[str], PageClient],
    count_queries: QueryCounter, page: str, persona: str, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    # A page that is kept whole costs one statement; here it is drawn each time.
    monkeypatch.setitem(app.extensions["fragments"], "pages", Fragments(0))
    # With a model, which each process reads once, a partner sees its fit beside a listing.
    a_model()
    current_model()
    reader = client if persona == "visitor" else client_as(persona)
    path = page.format(listing=a_published_opportunity().slug)
    numbers = []
    for rows in (3, 30):
        for number in range(rows - (1 if rows == 3 else 3)):
            a_published_opportunity(title_id=f"Peluang {rows}.{number}")
        index_everything(app, connection)
        reader.get("/peluang?q=hangat")
        with count_queries() as counted:
            assert reader.get(path).status_code == 200
        numbers.append(counted.number)
    assert numbers[0] == numbers[1], numbers
    assert numbers[1] <= BUDGETS[page][persona != "visitor"], counted.statements
