"""The weekly letter: what is new, once, to those who want it, with reasons; ended by one press."""

import email
from collections.abc import Sequence
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default as modern
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from marketplace.core import clock
from marketplace.extensions import db
from marketplace.mail.models import Delivery
from marketplace.mail.sending import deliver
from marketplace.matching.choice_models import SuggestionLetter
from marketplace.matching.dismissing import dismiss
from marketplace.matching.factors import Side
from marketplace.matching.letters import links as letter_links
from marketplace.matching.letters import owing as letters
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.rules import LifeStatus
from marketplace.organisations.models import Member, Organisation
from marketplace.organisations.rules import OrganisationStatus
from tests.factories.opportunities import a_published_opportunity, an_organisation_id
from tests.factories.suggestions import a_list
from tests.personas import PEOPLE, actor
from tests.support.clients import PageClient
from tests.support.sites import words_of

WEEK = timedelta(days=7)
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def write(app: Flask, now: Any = None) -> dict[str, EmailMessage]:
    """Owes what is due and sends it; by persona."""
    now = now or clock.now()
    letters.owe_letters(now=now)
    owed = select(Delivery).where(Delivery.template == letters.TEMPLATE, Delivery.sent_at.is_(None))
    sent: dict[str, EmailMessage] = {}
    names = {person.email: name for name, person in PEOPLE.items()}
    for delivery in db.session.scalars(owed.order_by(Delivery.id)).all():
        if deliver(delivery.id, now=now):
            file = Path(app.config["INSTANCE_DIR"]) / "mail" / f"{delivery.id}.eml"
            letter: Any = email.message_from_bytes(file.read_bytes(), policy=modern)
            assert names[letter["To"]] not in sent
            sent[names[letter["To"]]] = letter
    return sent


def relist(*listings: int) -> None:
    """The investor's list, as a refresh leaves it."""
    partner = an_organisation_id("investor")
    a_list(Side.PARTNER, partner, [(number, 800_000 - place) for place, number in enumerate(listings)])


def listings(*titles: str) -> Sequence[int]:
    return [a_published_opportunity(title_id=title, title_en=f"EN {title}").id for title in titles]


def test_what_is_new_is_told_once_with_its_reasons(app: Flask, session: Any) -> None:
    first, second, weak = listings("Instalasi Aertembaga", "Instalasi Girian", "Instalasi Kasawari")
    partner = an_organisation_id("investor")
    a_list(Side.PARTNER, partner, [(first, 800_000), (weak, 400_000)])
    sent = write(app)
    # Both members who act; the editor reads English. Other partners have no list.
    assert set(sent) == {"investor", "investor_editor"}
    words = words_of(sent["investor"])
    assert "Instalasi Aertembaga" in words
    assert "sejak surel yang lalu" not in words, "there was none"
    # A line for each: they hold semicolons and brackets themselves.
    assert "\n  Cocok karena:\n  + " in words
    assert "\n  + Sektor sama (Air minum" in words
    assert "from" not in words
    assert "Same sector (" in words_of(sent["investor_editor"])
    assert sent["investor"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert not write(app), "owed again in the same week"
    relist(second, first)
    assert not write(app), "the week's letter has gone out"
    later = clock.now() + WEEK
    words = words_of(write(app, later)["investor"])
    assert "Instalasi Girian" in words
    assert "1 peluang baru masuk daftar saran untuk" in words
    assert "sejak surel yang lalu" in words
    assert "Aertembaga" not in words
    assert not write(app, later + WEEK), "nothing is new"


@pytest.mark.parametrize("gone", ["withdrawn", "dismissed", "stopped", "left", "suspended"])
def test_what_is_sent_is_decided_when_it_is_sent(app: Flask, session: Any, gone: str) -> None:
    (listing,) = listings("Instalasi Madidir")
    relist(listing)
    letters.owe_letters(now=clock.now())
    partner, me = an_organisation_id("investor"), actor(session.connection(), "investor")
    if gone == "withdrawn":
        session.execute(
            update(Opportunity).where(Opportunity.id == listing).values(status=LifeStatus.WITHDRAWN)
        )
    elif gone == "dismissed":
        dismiss(
            Side.PARTNER, opportunity_id=listing, organisation_id=partner, reason="size", words="", actor=me,
            now=clock.now(),
        )  # fmt: skip
    elif gone == "stopped":
        letters.stop(me.user_id, partner, now=clock.now())
    elif gone == "left":
        session.execute(delete(Member).where(Member.user_id == me.user_id))
    else:
        session.execute(
            update(Organisation).where(Organisation.id == partner).values(status=OrganisationStatus.SUSPENDED)
        )
    assert "investor" not in write(app)


def test_one_press_ends_them_for_one_person(app: Flask, client: PageClient) -> None:
    relist(*listings("Instalasi Ranowulu"))
    link = write(app)["investor"]["List-Unsubscribe"].strip("<>").removeprefix("http://localhost")
    partner, me = an_organisation_id("investor"), actor(db.session.connection(), "investor").user_id or 0

    def stopped() -> bool:
        found = letter_links.find_by_token(link.rpartition("/")[2])
        assert found is not None
        return not found.mailing

    assert client.get(link).status_code == 200
    assert not stopped(), "a GET ends nothing"
    for _press in range(2):
        answer = client.post(link, ONE_CLICK)
        assert (answer.status_code, "sudah berhenti" in answer.text, stopped()) == (200, True, True)
    relist(*listings("Instalasi Matuari"))
    later = clock.now() + WEEK
    assert set(write(app, later)) == {"investor_editor"}
    # Begun again, what came meanwhile is no news.
    letters.choose(partner, wanted=True, actor=actor(db.session.connection(), "investor"), now=later)
    assert not write(app, later + WEEK)
    assert db.session.get_one(SuggestionLetter, (me, partner)).stopped_at is None


@pytest.mark.parametrize("tamper", ["cut", "swap", "left"])
def test_a_link_of_nothing_ends_nothing(client: PageClient, tamper: str) -> None:
    partner, me = an_organisation_id("investor"), actor(db.session.connection(), "investor").user_id or 0
    token = letter_links.make_token(me, partner)
    if tamper == "left":
        db.session.execute(delete(Member).where(Member.user_id == me))
    bad = {"cut": token[:-3], "swap": token.swapcase(), "left": token}[tamper]
    for answer in (
        client.get(f"/cocok/berhenti/{bad}"),
        client.post(f"/cocok/berhenti/{bad}", ONE_CLICK),
    ):
        assert (answer.status_code, "tidak berlaku lagi" in answer.text) == (410, True)
    assert db.session.get(SuggestionLetter, (me, partner)) is None
