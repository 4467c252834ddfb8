"""What /peluang keeps between pages never outlives what it shows."""

import re
from datetime import timedelta

import pytest
from flask_compress import flask_compress

from marketplace.core import clock
from marketplace.core.dates import HOME_ZONE, local_day
from marketplace.opportunities.finding import answers as finding_answers
from marketplace.opportunities.finding import pieces as finding_pieces
from marketplace.opportunities.finding.pieces import draw
from marketplace.opportunities.rules import LifeStatus
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import OrganisationStatus
from marketplace.search.feeding import feeding
from marketplace.search.index import home_of
from tests.factories.opportunities import a_published_opportunity, the_version
from tests.support.searching import index_everything


@pytest.fixture
def listing(app, connection, session):
    made = a_published_opportunity()
    session.flush()
    index_everything(app, connection)
    return made


def page(client, address="/peluang"):
    return client.get(address).text


def test_a_withdrawn_listing_is_gone_at_once_though_index_and_pieces_still_have_it(client, session, listing):
    title = the_version(listing).title_id
    assert title in page(client)
    listing.status = LifeStatus.WITHDRAWN
    session.flush()
    assert title not in page(client)


def test_a_changed_row_is_another_card_at_once(client, session, listing):
    old = the_version(listing).title_id
    assert old in page(client)
    the_version(listing).title_id = "Judul yang baru saja diganti"
    session.flush()
    assert "Judul yang baru saja diganti" in page(client)
    assert old not in page(client)


def test_each_language_has_its_own(client, session, listing):
    assert "Nilai investasi" in page(client)
    english = page(client, "/en/peluang")
    assert "Investment value" in english
    assert f'href="/en/peluang/{listing.slug}"' in english


def test_a_card_counts_its_days_anew_each_day(client, session, listing):
    now = clock.now()
    listing.closes_at, listing.closes_on = now + timedelta(days=6), (now + timedelta(days=6)).date()
    session.flush()
    assert "6 hari lagi" in page(client)
    clock.use(lambda: now + timedelta(days=1))
    assert "5 hari lagi" in page(client)


def found(page):
    return int(re.search(r'id="hasil">(\d+)', page)[1])


def test_a_new_generation_counts_anew(app, client, connection, session, listing):
    before = found(page(client))
    a_published_opportunity()
    session.flush()
    index_everything(app, connection)
    assert found(page(client)) == before + 1


def of_all(page):
    return int(re.search(r"dari (\d+)</small>", page)[1])


PAUSED = "Sedang tidak menerima minat"


def test_a_pemda_that_may_not_act_is_marked_without_a_new_index(client, session, listing):
    owner, now = session.get(Organisation, listing.organisation_id), clock.now()
    assert PAUSED not in page(client)
    owner.status = OrganisationStatus.SUSPENDED
    session.flush()
    assert PAUSED in page(client)
    assert "Takes no interest at the moment" in page(client, "/en/peluang")
    owner.status, owner.valid_until = OrganisationStatus.VERIFIED, local_day(now, HOME_ZONE)
    session.flush()
    assert PAUSED not in page(client)
    clock.use(lambda: now + timedelta(days=1))
    assert PAUSED in page(client)
    listing.status = LifeStatus.PARTNER_FOUND
    session.flush()
    assert PAUSED not in page(client)


def test_what_changes_of_an_organisation_makes_a_kept_page_stale(app, client, listing):
    """A suspension is a change of kind "organisation": the follower of the index commits it, with no listing in it."""
    seen = {"If-None-Match": client.get("/peluang").headers["ETag"]}
    assert client.get("/peluang", headers=seen).status_code == 304
    with feeding(home_of(app.config["INSTANCE_DIR"])) as feeder:
        feeder.replace([], [])
        feeder.commit("later")
    assert client.get("/peluang", headers=seen).status_code == 200


def test_a_publication_draws_only_what_it_changes(app, client, connection, session, listing, monkeypatch):
    """The filters of a question that it does not touch, and all cards but the new one, are not drawn again."""
    the_version(listing).title_id = "Kapal wisata"
    session.flush()
    index_everything(app, connection)
    asked = "/peluang?q=kapal"
    page(client)
    all_before = of_all(page(client, asked))
    made = a_published_opportunity(title_id="Peluang yang baru terbit")
    session.flush()
    index_everything(app, connection)
    drawn = []
    monkeypatch.setattr(finding_pieces, "draw", lambda cards: drawn.extend(cards) or draw(cards))
    monkeypatch.setattr(finding_pieces, "draw_filters", lambda groups, sheet: drawn.append("filters") or "")
    assert of_all(page(client, asked)) == all_before + 1
    assert "filters" not in drawn
    assert "Peluang yang baru terbit" in page(client)
    assert [card if card == "filters" else card.id for card in drawn] == [made.id, "filters"]


def test_what_was_written_between_two_looks_at_the_rows_is_drawn_anew_next_time(
    client, session, listing, monkeypatch
):
    page(client)
    listing.closes_on = listing.closes_at = None
    session.flush()
    seen = finding_pieces.row_marks([listing.id])
    the_version(listing).title_id = "Judul di antaranya"
    session.flush()
    with monkeypatch.context() as earlier:
        earlier.setattr(finding_answers, "row_marks", lambda _ids: seen)
        page(client)
    assert "Judul di antaranya" in page(client)


@pytest.mark.parametrize("encoding, times", [("gzip", 1), ("br", 1), ("zstd", 0)])
def test_a_kept_page_is_compressed_once_and_never_another(
    app, session, listing, encoding, times, monkeypatch
):
    client, asked, packed = app.test_client(), {"Accept-Encoding": encoding}, []
    pack = flask_compress._compress_data
    monkeypatch.setattr(flask_compress, "_compress_data", lambda *given: packed.append(1) or pack(*given))
    first = client.get("/peluang", headers=asked)
    assert first.headers["Content-Encoding"] == encoding
    assert client.get("/peluang", headers=asked).data == first.data
    assert len(packed) == times
    the_version(listing).title_id = "Judul yang baru saja diganti"
    session.flush()
    assert client.get("/peluang", headers=asked).data != first.data
    assert "Content-Encoding" not in client.get("/peluang").headers
