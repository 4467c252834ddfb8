"""Standing offers: posted, shown, edited, closed, opened again; by whom, within which bounds, and who hears of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from marketplace.audit.models import AuditEvent
from marketplace.changes.models import Change
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.dates import HOME_ZONE, local_day
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.lifecycle.rules import MoveImpossible
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import ChangedMeanwhile, OrganisationStatus
from marketplace.partners import offering
from marketplace.partners.offer_models import StandingOffer
from marketplace.partners.offer_rules import (
    OPEN_AT_MOST,
    OfferStatus,
    OnlyVerifiedOffer,
    TooManyOffers,
    ValidUntilPassed,
)
from marketplace.partners.offering import Offer
from tests import personas
from tests.factories.offers import an_offer
from tests.factories.opportunities import an_organisation_id
from tests.support.clients import PageClient
from tests.support.queries import QueryCounter

ClientAs = Callable[[str], PageClient]
People = Callable[[str], Actor]


@pytest.fixture
def person(session: Any, connection: Any) -> People:
    return lambda name: personas.actor(connection, name)


@pytest.fixture
def path(session: Any) -> str:
    return f"/dasbor/organisasi/{an_organisation_id('investor')}/tawaran"


def today() -> Any:
    return local_day(clock.now(), HOME_ZONE)


def typed(**changes: Any) -> dict[str, Any]:
    values = {
        "title_id": "Sensor parkir", "words_id": "Kami memasang sensor <b>parkir</b>.", "capability_codes": ["supply"],
        "sector_codes": ["smart-traffic"], "region_codes": ["62"], "ticket_min": "5 miliar", "ticket_max": "Rp20 miliar",
        "valid_until": (today() + timedelta(days=60)).isoformat(),
    }  # fmt: skip
    return {**values, **changes}


def said(**changes: Any) -> Offer:
    values: dict[str, Any] = {
        "title_id": "Sensor parkir", "title_en": "", "words_id": "x", "words_en": "", "capability_codes": ["supply"],
        "sector_codes": ["waste"], "region_codes": [], "scheme_codes": [], "ticket_min_idr": None,
        "ticket_max_idr": None, "valid_until": today() + timedelta(days=9),
    }  # fmt: skip
    return Offer(**{**values, **changes})


def heard(session: Any) -> list[tuple[str, int]]:
    return [tuple(row) for row in session.execute(select(Change.kind, Change.object_id).order_by(Change.id))]


def test_posted_shown_edited_closed_and_opened_again(session: Any, client_as: ClientAs, path: str) -> None:
    browser, number = client_as("investor"), an_organisation_id("investor")
    before = len(heard(session))
    for _press in range(2):
        assert browser.submit(f"{path}/baru", typed()).location == path
    row = session.execute(select(StandingOffer)).scalar_one()
    assert (row.ticket_min_idr, row.ticket_max_idr) == (5 * 10**9, 20 * 10**9)
    public = client_as("alone").get("/mitra/pt-tirta-uji").text
    assert "Sensor parkir" in public
    assert "&lt;b&gt;parkir" in public
    assert "Rp5 miliar – Rp20 miliar" in public
    one = f"{path}/{row.id}"
    assert 'value="Rp5.000.000.000"' in browser.get(one).text
    changed = typed(title_id="Sensor banjir", title_en="Flood sensors", revision="1")
    assert browser.submit(one, changed).location == path
    assert "Flood sensors" in client_as("alone").get("/en/mitra/pt-tirta-uji").text
    late = browser.submit(one, typed(title_id="Sensor lain", revision="1"))
    assert late.status_code == 422
    assert "Isinya berubah" in late.text
    assert "Sensor lain" in late.text
    assert browser.submit(f"{one}/tutup", {"revision": "2"}).status_code == 422
    assert browser.submit(f"{one}/tutup", {"revision": "2", "reason": "funds_bound"}).location == path
    assert "Sensor banjir" not in client_as("alone").get("/mitra/pt-tirta-uji").text
    assert browser.submit(f"{one}/buka", {"revision": "3"}, on=path).location == path
    assert "Sensor banjir" in client_as("alone").get("/mitra/pt-tirta-uji").text
    kinds = session.scalars(
        select(AuditEvent.kind).where(AuditEvent.object_kind == "standing_offer").order_by(AuditEvent.id)
    ).all()
    assert kinds == [f"offer:{verb}" for verb in ("opened", "edited", "closed", "reopened")]
    assert heard(session)[before:] == [("organisation", number)] * 4


def test_what_another_tab_saves_between_reading_and_writing_is_not_overwritten(
    session: Any, person: People
) -> None:
    ours, keeper, now = an_organisation_id("investor"), person("investor"), clock.now()
    read = offering.post_offer(ours, said(), actor=keeper, now=now)
    theirs = update(StandingOffer).values(title_id="Sensor banjir", revision=2)
    # As another session leaves it: this one goes on with what it has read.
    session.execute(theirs.execution_options(synchronize_session=False))
    assert read.revision == 1
    with pytest.raises(ChangedMeanwhile):
        offering.edit_offer(ours, read.id, said(title_id="Sensor lain"), seen=1, actor=keeper, now=now)
    assert read.title_id == "Sensor banjir"


@pytest.mark.parametrize(
    "changes, sentence",
    [
        ({"title_id": ""}, "Isian ini wajib."),
        ({"capability_codes": []}, "yang Anda bawa"),
        ({"sector_codes": []}, "satu sektor"),
        ({"ticket_min": "dua ratus juta"}, "Tulis jumlahnya dengan angka"),
        ({"ticket_min": "30 miliar"}, "lebih besar daripada"),
        ({"ticket_min": "US$5 juta", "ticket_max": ""}, "kurs"),
        ({"valid_until": "besok"}, "Tulis tanggal"),
        ({"valid_until": "2020-01-01"}, "sudah lewat"),
        ({"valid_until": "2099-01-01"}, "satu tahun"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    session: Any, client_as: ClientAs, path: str, changes: dict[str, Any], sentence: str
) -> None:
    answer = client_as("investor").submit(f"{path}/baru", typed(**changes))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Kami memasang sensor" in answer.text
    assert session.scalar(select(func.count(StandingOffer.id))) == 0


def test_who_may(person: People) -> None:
    number, row, now = an_organisation_id("investor"), an_offer(), clock.now()
    ways: list[Callable[[Actor], Any]] = [
        lambda actor: offering.post_offer(number, said(), actor=actor, now=now),
        lambda actor: offering.edit_offer(number, row.id, said(), actor=actor, now=now, seen=1),
        lambda actor: offering.close_offer(number, row.id, reason="other", actor=actor, now=now, seen=1),
        lambda actor: offering.reopen_offer(number, row.id, actor=actor, now=now, seen=1),
    ]
    for way in ways:
        for name in ("investor_editor", "moderator"):
            with pytest.raises(Forbidden):
                way(person(name))
        for name in ("startup", "pemda_owner", "alone"):
            with pytest.raises(NotFound):
                way(person(name))
    elsewhere = an_organisation_id("startup")
    with pytest.raises(NotFound):
        offering.edit_offer(elsewhere, row.id, said(), actor=person("startup"), now=now, seen=1)


def test_only_a_trusted_partner_offers_and_any_may_stop(session: Any, person: People) -> None:
    number, row, now = an_organisation_id("investor"), an_offer(), clock.now()
    organisation = session.get(Organisation, number)
    organisation.status = OrganisationStatus.SUSPENDED
    session.flush()
    owner = person("investor")
    with pytest.raises(OnlyVerifiedOffer):
        offering.post_offer(number, said(), actor=owner, now=now)
    with pytest.raises(OnlyVerifiedOffer):
        offering.edit_offer(number, row.id, said(), actor=owner, now=now, seen=1)
    offering.close_offer(number, row.id, reason="other", actor=owner, now=now, seen=1)
    with pytest.raises(OnlyVerifiedOffer):
        offering.reopen_offer(number, row.id, actor=owner, now=now, seen=2)


def test_bounds_of_opening(person: People) -> None:
    number, owner, now = an_organisation_id("investor"), person("investor"), clock.now()
    past = an_offer(status=OfferStatus.CLOSED, valid_until=today() - timedelta(days=1))
    with pytest.raises(ValidUntilPassed):
        offering.reopen_offer(number, past.id, actor=owner, now=now, seen=1)
    closed = an_offer(status=OfferStatus.CLOSED)
    for each in range(OPEN_AT_MOST):
        offering.post_offer(number, said(title_id=f"Tawaran {each}"), actor=owner, now=now)
    with pytest.raises(TooManyOffers):
        offering.post_offer(number, said(title_id="Lagi"), actor=owner, now=now)
    with pytest.raises(TooManyOffers):
        offering.reopen_offer(number, closed.id, actor=owner, now=now, seen=1)
    with pytest.raises(MoveImpossible):
        offering.close_offer(number, closed.id, reason="other", actor=owner, now=now, seen=1)


def test_the_list_pages_and_asks_the_same_however_long(
    client_as: ClientAs, path: str, count_queries: QueryCounter
) -> None:
    an_offer(title_id="Lewat", valid_until=today() - timedelta(days=1))
    browser, numbers = client_as("investor"), []
    for rows in (2, 27):
        for _each in range(rows):
            an_offer(status=OfferStatus.CLOSED)
        browser.get(path)
        with count_queries() as counted:
            page = browser.get(path)
        numbers.append(counted.number)
    assert numbers[0] == numbers[1]
    assert "Lewat tanggalnya" in page.text
    assert "Perpanjang" in page.text
    assert browser.get(f"{path}?halaman=2").status_code == 200
    assert "Lewat" not in client_as("alone").get("/mitra/pt-tirta-uji").text
