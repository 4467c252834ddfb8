"""The Atom feed of a search: what the page shows, for programs."""

from datetime import timedelta

import pytest
from flask import Flask
from limits import RateLimitItemPerMinute
from lxml import etree
from sqlalchemy import Connection

from marketplace.accounts import throttle
from marketplace.core import clock
from marketplace.opportunities.rules import LifeStatus
from tests.factories.opportunities import a_published_opportunity, an_opportunity
from tests.support.clients import PageClient
from tests.support.queries import QueryCounter
from tests.support.searching import index_everything

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def read(body: bytes) -> etree._Element:
    return etree.fromstring(body)


def texts(feed: etree._Element, path: str) -> list[str]:
    return [str(text) for text in feed.xpath(path, namespaces=ATOM)]


def test_the_newest_public_ones_of_that_search(
    app: Flask, connection: Connection, client: PageClient
) -> None:
    now = clock.now()
    for number in range(3):
        began = now - timedelta(days=number)
        a_published_opportunity(title_id=f"Cengkih <{number}> & pala", title_en="", now=began)
    a_published_opportunity(title_id="Terminal")
    an_opportunity(title_id="Cengkih rahasia")
    gone = a_published_opportunity(title_id="Cengkih yang ditarik")
    index_everything(app, connection)
    gone.status = LifeStatus.WITHDRAWN
    answer = client.get("/peluang/umpan.atom?q=cengkih&halaman=4&urut=nilai&entah=apa")
    feed = read(answer.data)
    assert answer.mimetype == "application/atom+xml"
    titles = [f"Cengkih <{number}> & pala, Kota Bitung, Sulawesi Utara" for number in range(3)]
    assert texts(feed, "a:entry/a:title/text()") == titles
    assert texts(feed, "a:link[@rel='self']/@href") == ["http://localhost/peluang/umpan.atom?q=cengkih"]
    assert len(set(texts(feed, "a:entry/a:id/text()"))) == 3
    assert all(text.startswith("http://localhost/peluang/") for text in texts(feed, "a:entry/a:link/@href"))
    assert texts(feed, "a:updated/text()") == [max(texts(feed, "a:entry/a:updated/text()"))]


def test_unchanged_is_304_and_no_statement_a_listing(
    app: Flask, connection: Connection, client: PageClient, count_queries: QueryCounter
) -> None:
    numbers = []
    for rows in (3, 27):
        for _number in range(rows):
            a_published_opportunity(title_en="Fish market")
        index_everything(app, connection)
        client.get("/en/peluang/umpan.atom")
        with count_queries() as counted:
            answer = client.get("/en/peluang/umpan.atom?skema=kpbu")
        numbers.append(counted.number)
    assert numbers[0] == numbers[1] <= 2, counted.statements
    assert b"Fish market" in answer.data
    again = client.get("/en/peluang/umpan.atom?skema=kpbu", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_page_names_its_feed(app: Flask, connection: Connection, client: PageClient) -> None:
    index_everything(app, connection)
    page = client.get("/en/peluang?q=air&urut=nilai").text
    assert 'type="application/atom+xml"' in page
    assert page.count('href="/en/peluang/umpan.atom?q=air"') == 2


@pytest.mark.parametrize(
    "asked",
    [
        "q=%22",
        "q=-",
        "q=" + "a" * 3000,
        "q=%F0%9F%8C%8A",
        "daerah=9&nilai=x",
        "q=AND+(",
        "q=%00air&%00=1",
        "q=air%01%1F%EF%BF%BE%E2%80%AE",
    ],
)
def test_odd_questions_are_answered(
    app: Flask, connection: Connection, client: PageClient, asked: str
) -> None:
    index_everything(app, connection)
    assert read(client.get(f"/peluang/umpan.atom?{asked}").data).tag.endswith("}feed")


@pytest.mark.usefixtures("limits_on")
def test_who_reads_without_pause_waits(
    app: Flask, connection: Connection, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_everything(app, connection)
    monkeypatch.setattr(throttle, "FEEDS_OF_ADDRESS", RateLimitItemPerMinute(3))
    answers = [
        client.get("/peluang/umpan.atom", environ_base={"REMOTE_ADDR": "198.51.100.7"}) for _ in range(4)
    ]
    assert [answer.status_code for answer in answers] == [200] * 3 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert client.get("/peluang/umpan.atom", environ_base={"REMOTE_ADDR": "198.51.100.8"}).status_code == 200
