"""RFC 8058: the address in a letter ends such letters by a POST without session or form; a GET ends nothing."""

import email
from collections.abc import Callable
from email.policy import default as modern
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace import config
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.extensions import db
from marketplace.mail.models import Delivery
from marketplace.mail.sending import deliver
from marketplace.notifications.actions import tell
from marketplace.notifications.models import Follower, NoticeRow
from marketplace.opportunities import news
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.rules import LifeStatus
from marketplace.saved import watching
from marketplace.saved.search_models import SavedSearch
from marketplace.saved.unsubscribing import make_token
from marketplace.saved.watch_mail import TEMPLATES
from tests.factories.opportunities import a_published_opportunity, the_version
from tests.factories.searches import a_saved_search
from tests.support.clients import PageClient
from tests.support.sites import words_of

People = Callable[[str], Actor]

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def is_paused(search: SavedSearch) -> bool:
    db.session.refresh(search)
    return search.paused_at is not None


@pytest.mark.parametrize("prefix, done", [("", "sudah berhenti"), ("/en", "have stopped")])
def test_a_get_asks_and_a_bare_post_ends_it(app: Flask, client: PageClient, prefix: str, done: str) -> None:
    search, other = a_saved_search("q=air"), a_saved_search("q=pasar")
    path = f"{prefix}/pencarian/berhenti/{make_token(search)}"
    page = client.get(path)
    assert (page.status_code, page.text.count('<form class="tt-one-button"'), is_paused(search)) == (
        200,
        1,
        False,
    )
    assert client.raw.head(path).status_code == 200
    assert not is_paused(search)
    for _press in range(2):
        # No redirect: mail programs do not follow one after a POST.
        answer = client.post(path, ONE_CLICK)
        assert (answer.status_code, done in answer.text, is_paused(search)) == (200, True, True)
    assert not is_paused(other)


@pytest.mark.parametrize("tamper", ["swap", "cut", "deleted"])
def test_a_link_of_nothing_ends_nothing(client: PageClient, tamper: str) -> None:
    search = a_saved_search("q=air")
    token = make_token(search)
    if tamper == "deleted":
        db.session.delete(search)
        db.session.flush()
    bad = {"swap": token.swapcase(), "cut": token[:-3], "deleted": token}[tamper]
    for answer in (
        client.get(f"/pencarian/berhenti/{bad}"),
        client.post(f"/pencarian/berhenti/{bad}", ONE_CLICK),
    ):
        assert (answer.status_code, "tidak berlaku lagi" in answer.text) == (410, True)
    assert tamper == "deleted" or not is_paused(search)


def tell_of_outcome(listing: Opportunity, person: People) -> list[Delivery]:
    """What came of the listing is told; the letters that are owed for it, not sent yet."""
    tell(
        news.outcome(listing, the_version(listing), person("pemda_approver"), LifeStatus.NO_PARTNER),
        now=clock.now(),
    )
    db.session.flush()
    owed = select(Delivery).where(Delivery.template == "opportunity_outcome", Delivery.sent_at.is_(None))
    return list(db.session.scalars(owed))


@pytest.mark.parametrize(
    "persona, prefix, done", [("investor", "", "sudah berhenti"), ("investor_editor", "/en", "have stopped")]
)
def test_letters_of_one_watch_end_and_the_watch_goes_on(
    app: Flask, session: Any, person: People, client: PageClient, persona: str, prefix: str, done: str
) -> None:
    listing, other = a_published_opportunity(), a_published_opportunity()
    for each in (listing, other):
        watching.watch(each, actor=person(persona), now=clock.now())
    (first,) = tell_of_outcome(listing, person)
    (late,) = [each for each in tell_of_outcome(listing, person) if each is not first]
    assert deliver(first.id, now=clock.now())
    letter = email.message_from_bytes(
        Path(app.config["INSTANCE_DIR"], "mail", f"{first.id}.eml").read_bytes(), policy=modern
    )
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = letter["List-Unsubscribe"].strip("<>")
    assert link.startswith(f"http://localhost{prefix}/diikuti/berhenti/")
    assert link in words_of(letter)

    def by_mail() -> dict[int, bool]:
        return dict(session.execute(select(Follower.object_id, Follower.by_mail)).all())

    path = link.removeprefix("http://localhost")
    assert client.get(path).text.count('<form class="tt-one-button"') == 1
    assert by_mail() == {listing.id: True, other.id: True}, "a GET ends nothing"
    for _press in range(2):
        answer = client.post(path, ONE_CLICK)
        assert (answer.status_code, done in answer.text) == (200, True)
        assert by_mail() == {listing.id: False, other.id: True}
    assert not deliver(late.id, now=clock.now()), "what was owed before is not sent any more"
    assert tell_of_outcome(listing, person) == []
    assert len(session.scalars(select(NoticeRow).where(NoticeRow.kind == "opportunity_outcome")).all()) == 3
    watching.stop(listing.id, actor=person(persona))
    for bad in (path, f"{prefix}/diikuti/berhenti/{make_token(a_saved_search('q=air'))}"):
        assert client.post(bad, ONE_CLICK).status_code == 410
    assert by_mail() == {other.id: True}


def test_a_colleagues_letter_of_the_same_kind_goes_as_it_is_owed(session: Any, person: People) -> None:
    listing = a_published_opportunity()
    tell(
        news.withdrawn(listing, the_version(listing), person("pemda_approver"), "plans_changed"),
        now=clock.now(),
    )
    owed = session.scalars(select(Delivery).where(Delivery.template == "opportunity_withdrawn")).all()
    assert owed
    assert all(deliver(each.id, now=clock.now()) for each in owed)


def test_every_letter_that_may_be_ended_is_finished_when_it_is_sent() -> None:
    folder = config.ROOT / "templates" / "emails"
    ending = {
        page.parent.name
        for page in folder.glob("*/body.html")
        if "emails/stop_watching.html" in page.read_text()
    }
    assert ending == set(TEMPLATES)
