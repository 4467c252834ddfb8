"""From a publication to a letter: who is told of what, why, and never twice."""

import email
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import default as modern
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, select, update

from marketplace.accounts.models import User
from marketplace.core import clock
from marketplace.extensions import db
from marketplace.mail.models import Delivery
from marketplace.mail.sending import deliver
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.rules import LifeStatus
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import OrganisationStatus
from marketplace.saved import search_actions as actions
from marketplace.saved.alerting import TEMPLATE, note, owe_letters
from marketplace.saved.search_models import SavedSearch, SearchFind
from marketplace.saved.search_queries import list_searches
from marketplace.saved.search_rules import LISTED_AT_MOST, Cadence
from marketplace.saved.search_words import question_of
from marketplace.search.index import open_index
from tests.factories.opportunities import a_published_opportunity
from tests.factories.searches import a_saved_search
from tests.personas import PEOPLE, actor
from tests.support.searching import index_everything
from tests.support.sites import words_of

Publish = Callable[..., Opportunity]


@pytest.fixture
def publish(app: Flask, connection: Connection, session: Any) -> Callable[..., list[int]]:
    """Publishes listings, indexes them and lets the alerts look; their numbers."""

    def go(*titles: str, now: datetime | None = None, **content: Any) -> list[int]:
        now = now or clock.now()
        made = [a_published_opportunity(title_id=title, now=now, **content).id for title in titles]
        session.flush()
        index_everything(app, connection)
        note(made, look=open_index().view, now=now)
        return made

    return go


def letters(app: Flask, now: datetime | None = None) -> list[EmailMessage]:
    """Owes what is due, sends all of it, and reads what was sent."""
    now = now or clock.now()
    owe_letters(now=now)
    owed = db.session.scalars(
        select(Delivery)
        .where(Delivery.template == TEMPLATE, Delivery.sent_at.is_(None))
        .order_by(Delivery.id)
    ).all()
    sent = []
    for delivery in owed:
        if deliver(delivery.id, now=now):
            file = Path(app.config["INSTANCE_DIR"]) / "mail" / f"{delivery.id}.eml"
            sent.append(email.message_from_bytes(file.read_bytes(), policy=modern))
    return sent  # type: ignore[return-value]


def me(persona: str = "investor") -> Any:
    return actor(db.session.connection(), persona)


def test_what_fits_is_told_once_and_why(app: Flask, publish: Callable[..., list[int]]) -> None:
    a_saved_search("q=pasar+ikan&skema=kpbu&skema=swasta&daerah=71")
    publish("Pasar ikan Aertembaga", scheme_codes=["kpbu"])
    publish("Terminal tipe B", scheme_codes=["kpbu"])
    (letter,) = letters(app)
    text = words_of(letter)
    assert letter["To"] == PEOPLE["investor"].email
    assert letter["Subject"].startswith("1 peluang baru:")
    assert "Pasar ikan Aertembaga" in text
    assert "Terminal" not in text
    assert "kata “pasar”; kata “ikan”" in text
    assert "Skema: KPBU" in text
    # Only the value that this listing has, of two that were chosen.
    assert "swasta" not in text.lower().partition("cocok karena")[2]
    assert "Wilayah: Provinsi Sulawesi Utara" in text
    assert letters(app) == []
    seen = list(db.session.scalars(select(SearchFind.opportunity_id)))
    note(seen, look=open_index().view, now=clock.now())
    publish("Pasar ikan Winenet", scheme_codes=["swasta"])
    (second,) = letters(app, clock.now() + timedelta(minutes=11))
    assert "Winenet" in words_of(second)
    assert "Aertembaga" not in words_of(second)
    assert letters(app, clock.now() + timedelta(days=30)) == []


def test_a_letter_has_the_headers_of_one_click(app: Flask, publish: Callable[..., list[int]]) -> None:
    a_saved_search("skema=kpbu", "investor_editor")
    publish("Pasar ikan")
    (letter,) = letters(app)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = letter["List-Unsubscribe"]
    assert address.startswith("<http://localhost/en/pencarian/berhenti/")
    # As the wire has it: an address that is folded or encoded is pressed by nobody.
    name = letter["Message-ID"].strip("<>").partition("@")[0]
    assert (
        f"List-Unsubscribe: {address}\n"
        in Path(app.config["INSTANCE_DIR"], "mail", f"{name}.eml").read_text()
    )
    assert letter["Subject"].startswith("1 new opportunity:")
    assert "Scheme: " in words_of(letter)


def test_nothing_new_is_no_letter(app: Flask, publish: Callable[..., list[int]]) -> None:
    earlier = publish("Pasar ikan", now=clock.now() - timedelta(hours=2))
    search = a_saved_search("q=pasar")
    other = publish("Terminal tipe B")
    # The first was published before the search was saved, and changed since.
    note([*earlier, *other], look=open_index().view, now=clock.now())
    assert (search.due_at, letters(app)) == (None, [])


def _withdraw(search: SavedSearch, listing: int) -> None:
    withdrawn = update(Opportunity).where(Opportunity.id == listing).values(status=LifeStatus.WITHDRAWN)
    db.session.execute(withdrawn)


def _suspend_its_owner(search: SavedSearch, listing: int) -> None:
    owner = db.session.get_one(Opportunity, listing).organisation_id
    suspended = update(Organisation).where(Organisation.id == owner)
    db.session.execute(suspended.values(status=OrganisationStatus.SUSPENDED))


def _lock_out(search: SavedSearch, listing: int) -> None:
    db.session.execute(update(User).where(User.id == search.user_id).values(active=False))


def _unsubscribe(search: SavedSearch, listing: int) -> None:
    actions.stop_mails(search, now=clock.now())


def _delete(search: SavedSearch, listing: int) -> None:
    actions.remove(search.id, actor=me())


def _want_none(search: SavedSearch, listing: int) -> None:
    actions.change(search.id, name="x", cadence=Cadence.NONE, actor=me(), now=clock.now())


def _ask_otherwise(search: SavedSearch, listing: int) -> None:
    question = question_of("q=terminal")
    actions.ask_otherwise(search.id, question, seen=search.query, actor=me(), now=clock.now())


@pytest.mark.parametrize(
    "meanwhile", [_withdraw, _suspend_its_owner, _lock_out, _unsubscribe, _delete, _want_none, _ask_otherwise]
)
def test_what_happened_before_the_sending_counts(
    app: Flask, publish: Callable[..., list[int]], meanwhile: Callable[[SavedSearch, int], None]
) -> None:
    """The letter is owed already: it is empty by now, or nobody wants it."""
    search = a_saved_search("q=pasar")
    (listing,) = publish("Pasar ikan")
    assert owe_letters(now=clock.now()) == 1
    meanwhile(search, listing)
    db.session.flush()
    assert letters(app) == []
    unsent = select(Delivery).where(Delivery.template == TEMPLATE, Delivery.sent_at.is_(None))
    assert db.session.scalars(unsent).all() == []


def test_a_deadline_that_passed_is_no_news(app: Flask, publish: Callable[..., list[int]]) -> None:
    now = clock.now()
    a_saved_search("q=pasar", cadence=Cadence.WEEKLY)
    publish("Pasar ikan", closes_on=(now + timedelta(days=1)).date())
    publish("Pasar sayur")
    later = now + timedelta(days=9)
    (letter,) = letters(app, later)
    assert "Pasar sayur" in words_of(letter)
    assert "Pasar ikan" not in words_of(letter)


def test_what_is_found_in_a_pause_is_counted_and_never_mailed(
    app: Flask, publish: Callable[..., list[int]]
) -> None:
    search = a_saved_search("q=pasar")
    actions.pause(search.id, actor=me(), now=clock.now())
    publish("Pasar ikan", now=clock.now() - timedelta(minutes=1))
    (line,) = list_searches(search.user_id)
    assert (line.fresh, line.mailing) == (1, False)
    actions.resume(search.id, actor=me(), now=clock.now())
    assert letters(app) == []
    publish("Pasar sayur")
    (letter,) = letters(app)
    assert "Pasar ikan" not in words_of(letter)


def test_each_search_keeps_its_own_time(app: Flask, publish: Callable[..., list[int]]) -> None:
    monday_noon = datetime.fromisoformat("2027-03-01T05:00:00+00:00")
    for cadence in (Cadence.INSTANT, Cadence.DAILY, Cadence.WEEKLY, Cadence.NONE):
        since = monday_noon - timedelta(days=1)
        a_saved_search(f"q=pasar+-{cadence}", cadence=cadence, since=since)
    publish("Pasar ikan", now=monday_noon)
    hours = [(0, 1), (18, 0), (20, 1), (24 * 6 + 18, 0), (24 * 6 + 20, 1), (24 * 40, 0)]
    for after, number in hours:
        assert len(letters(app, monday_noon + timedelta(hours=after))) == number, after


def test_many_at_once_are_one_letter_that_lists_some(app: Flask, publish: Callable[..., list[int]]) -> None:
    a_saved_search("q=pasar")
    publish(*[f"Pasar {number}" for number in range(LISTED_AT_MOST + 3)])
    (letter,) = letters(app)
    text = words_of(letter)
    assert letter["Subject"].startswith("23 peluang baru:")
    assert (text.count("Cocok karena"), "Dan 3 lagi." in text) == (LISTED_AT_MOST, True)


def test_a_killed_sending_is_repeated_under_its_own_name(
    app: Flask, publish: Callable[..., list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after the server took the mail and before the commit: at least once, under one Message-ID."""
    taken: list[str] = []

    class Server:
        def send(self, message: EmailMessage, name: str) -> None:
            taken.append(str(message["Message-ID"]))
            if len(taken) == 1:
                raise ConnectionError

    monkeypatch.setattr("marketplace.mail.sending.get_transport", lambda _config: Server())
    a_saved_search("q=pasar")
    publish("Pasar ikan")
    assert owe_letters(now=clock.now()) == 1
    (delivery,) = db.session.scalars(select(Delivery).where(Delivery.template == TEMPLATE)).all()
    with pytest.raises(ConnectionError), db.session.begin_nested():
        deliver(delivery.id, now=clock.now())
    assert deliver(delivery.id, now=clock.now())
    assert not deliver(delivery.id, now=clock.now())
    assert (len(taken), len(set(taken))) == (2, 1)
