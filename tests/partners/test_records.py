"""A partner's track record: added, edited, removed; with evidence, within bounds, once."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from marketplace.audit.models import AuditEvent
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.extensions import db
from marketplace.organisations.models import Organisation
from marketplace.partners import records
from marketplace.partners.models import TrackRecord
from marketplace.partners.records import Record
from marketplace.partners.rules import (
    RECORDS_AT_MOST,
    EvidenceNeeded,
    TooManyRecords,
    YearUnlikely,
    check_evidence,
    check_year,
)
from tests import personas
from tests.factories.opportunities import an_organisation_id
from tests.support.clients import PageClient
from tests.support.times import PATIENCE

ClientAs = Callable[[str], PageClient]
People = Callable[[str], Actor]
SPAM = {
    "title": "SPAM Umbulan", "place": "Pasuruan", "year": "2021", "value": "Rp2,1 triliun",
    "evidence_url": "https://contoh.example/umbulan", "evidence_words": "",
}  # fmt: skip


@pytest.fixture
def person(session: Any, connection: Any) -> People:
    return lambda name: personas.actor(connection, name)


@pytest.fixture
def path(session: Any) -> str:
    return f"/dasbor/organisasi/{an_organisation_id('investor')}/rekam-jejak"


def a_record(**changes: Any) -> Record:
    values = {
        "title": "SPAM", "place": "", "year": 2020, "value_idr": None, "evidence_url": "", "evidence_words": "Kontrak 7/2020.",
    }  # fmt: skip
    return Record(**{**values, **changes})


def test_added_shown_edited_and_removed(session: Any, client_as: ClientAs, path: str) -> None:
    browser = client_as("investor")
    assert browser.submit(path, SPAM).location == path
    browser.submit(path, SPAM)
    row = session.execute(select(TrackRecord)).scalar_one()
    assert (row.year, row.value_idr) == (2021, 2_100_000_000_000)
    public = client_as("alone").get("/mitra/pt-tirta-uji").text
    assert "SPAM Umbulan" in public
    assert 'href="https://contoh.example/umbulan" rel="nofollow noopener ugc"' in public
    one = f"{path}/{row.id}"
    form = browser.get(one).text
    assert 'value="Rp2.100.000.000.000"' in form
    revision = session.get(Organisation, row.organisation_id).revision
    changed = {**SPAM, "evidence_url": "", "evidence_words": "<i>Kontrak</i> 12/2019", "revision": revision}
    assert browser.submit(one, changed).location == path
    public = client_as("alone").get("/en/mitra/pt-tirta-uji").text
    assert "&lt;i&gt;Kontrak" in public
    assert browser.submit(f"{one}/hapus", on=path).location == path
    assert browser.submit(f"{one}/hapus", on=path).location == path
    assert session.scalar(select(func.count()).select_from(TrackRecord)) == 0
    kinds = session.scalars(
        select(AuditEvent.kind).where(AuditEvent.object_kind == "organisation").order_by(AuditEvent.id)
    ).all()
    assert kinds == [f"organisation:record_{verb}" for verb in ("added", "edited", "removed")]
    assert browser.get(one).status_code == 404


@pytest.mark.parametrize(
    "changes,sentence",
    [
        ({"title": ""}, "Isian ini wajib."),
        ({"evidence_url": ""}, "Tunjukkan buktinya"),
        ({"evidence_url": "javascript:alert(1)"}, "Tulis alamat lengkap"),
        ({"year": "dua ribu"}, "empat angka"),
        ({"year": "1066"}, "dari 1900 sampai"),
        ({"value": "dua ratus juta"}, "Tulis jumlahnya dengan angka"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    session: Any, client_as: ClientAs, path: str, changes: dict[str, str], sentence: str
) -> None:
    answer = client_as("investor").submit(path, {**SPAM, **changes})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Pasuruan" in answer.text
    assert session.scalar(select(func.count()).select_from(TrackRecord)) == 0


def test_who_may(person: People) -> None:
    number = an_organisation_id("investor")
    records.add_record(number, a_record(), actor=person("investor"), now=clock.now())
    row = db.session.execute(select(TrackRecord)).scalar_one()
    ways: list[Callable[[Actor], None]] = [
        lambda actor: records.add_record(number, a_record(title="Y"), actor=actor, now=clock.now()),
        lambda actor: records.edit_record(number, row.id, a_record(title="Z"), actor=actor, now=clock.now(), seen=2),
        lambda actor: records.remove_record(number, row.id, actor=actor, now=clock.now()),
    ]  # fmt: skip
    for way in ways:
        for name in ("investor_editor", "moderator"):
            with pytest.raises(Forbidden):
                way(person(name))
        for name in ("startup", "pemda_owner", "alone"):
            with pytest.raises(NotFound):
                way(person(name))
    elsewhere = an_organisation_id("startup")
    with pytest.raises(NotFound):
        records.edit_record(elsewhere, row.id, a_record(title="Z"), actor=person("startup"), now=clock.now(), seen=1)  # fmt: skip
    records.remove_record(elsewhere, row.id, actor=person("startup"), now=clock.now())
    assert db.session.scalar(select(func.count()).select_from(TrackRecord)) == 1
    with pytest.raises(NotFound):
        records.add_record(an_organisation_id("bitung"), a_record(), actor=person("pemda_owner"), now=clock.now())  # fmt: skip


def test_no_more_than_are_shown(person: People) -> None:
    number = an_organisation_id("investor")
    for each in range(RECORDS_AT_MOST):
        records.add_record(
            number, a_record(title=f"Proyek {each}"), actor=person("investor"), now=clock.now()
        )
    with pytest.raises(TooManyRecords):
        records.add_record(number, a_record(title="Lagi"), actor=person("investor"), now=clock.now())


def test_a_second_tab_does_not_overwrite_unseen(session: Any, client_as: ClientAs, path: str) -> None:
    browser = client_as("investor")
    browser.submit(path, SPAM)
    row = session.execute(select(TrackRecord)).scalar_one()
    one, seen = f"{path}/{row.id}", session.get(Organisation, row.organisation_id).revision
    browser.submit(one, {**SPAM, "place": "Surabaya", "revision": seen})
    late = browser.submit(one, {**SPAM, "place": "Malang", "revision": seen})
    assert late.status_code == 422
    assert "Isinya berubah" in late.text
    assert "Malang" in late.text


def test_rules() -> None:
    check_year(None, this_year=2026)
    check_year(2026, this_year=2026)
    with pytest.raises(YearUnlikely):
        check_year(2027, this_year=2026)
    check_evidence("", "Kontrak")
    check_evidence("https://x.id", "")
    with pytest.raises(EvidenceNeeded):
        check_evidence("", "")


def test_fifty_presses_add_one(committed: Flask) -> None:
    with committed.app_context():
        number = an_organisation_id("investor")
        owner = personas.actor(db.session.connection(), "investor")
        db.session.remove()
    ready, done = threading.Barrier(50), []

    def press() -> None:
        with committed.app_context():
            try:
                ready.wait(PATIENCE)
                records.add_record(number, a_record(), actor=owner, now=clock.now())
                db.session.commit()
                done.append(number)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=press) for _number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert len(done) == 50
    with committed.app_context():
        assert db.session.scalar(select(func.count()).select_from(TrackRecord)) == 1
        added = AuditEvent.kind == "organisation:record_added"
        assert db.session.scalar(select(func.count()).where(added)) == 1
        db.session.remove()
