"""After publication: words and more time without review, who is told, and what the public reads of changes."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from lxml import html
from sqlalchemy import select

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.refusal import Forbidden
from marketplace.lifecycle.rules import ChangedSinceRead
from marketplace.notifications.actions import follow
from marketplace.notifications.models import NoticeRow
from marketplace.opportunities import editing
from marketplace.opportunities.amending import Amendment, publish_addendum
from marketplace.opportunities.models import Addendum, Opportunity
from marketplace.opportunities.rules import (
    DeadlineNotLater,
    DeadlinePassed,
    DeadlineTooFar,
    LifeStatus,
    ListingEnded,
    PrivateContactInWords,
    VersionStatus,
    check_extension,
)
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import OrganisationStatus
from tests.factories.opportunities import a_published_opportunity, the_version
from tests.support.clients import PageClient
from tests.support.queries import QueryCounter

ClientAs = Callable[[str], PageClient]
Person = Callable[[str], Actor]
WORDS = "Lampiran teknis sudah dilengkapi."


def amend(listing: Opportunity, actor: Actor, words: str = WORDS, **options: Any) -> Addendum:
    seen = options.pop("seen", listing.revision)
    return publish_addendum(
        listing, version=the_version(listing), amendment=Amendment(words, **options), seen=seen, actor=actor,
        now=clock.now(),
    )  # fmt: skip


TODAY = date(2026, 6, 15)


@pytest.mark.parametrize(
    "old, new, refusal",
    [
        (date(2026, 7, 1), date(2026, 7, 2), None),
        (date(2026, 6, 1), date(2026, 6, 15), None),
        (date(2026, 7, 1), date(2026, 7, 1), DeadlineNotLater),
        (date(2026, 7, 1), date(2026, 6, 30), DeadlineNotLater),
        (date(2026, 6, 1), date(2026, 6, 14), DeadlinePassed),
        (date(2026, 7, 1), date(2029, 6, 17), None),
        (date(2026, 7, 1), date(2029, 6, 18), DeadlineTooFar),
        (date(2026, 7, 1), date(9999, 12, 31), DeadlineTooFar),
    ],
)
def test_an_extension_lies_ahead_and_not_too_far(old: date, new: date, refusal: Any) -> None:
    if refusal is None:
        check_extension(old, new, TODAY)
        return
    with pytest.raises(refusal) as refused:
        check_extension(old, new, TODAY)
    assert refused.value.field == "interest_deadline"


def test_a_closed_listing_opens_again_with_more_time(person: Person, client: PageClient) -> None:
    past = clock.now() - timedelta(days=90)
    listing = a_published_opportunity(now=past, closes_on=(clock.now() - timedelta(days=3)).date())
    later = (clock.now() + timedelta(days=30)).date()
    assert "tidak lagi menerima minat" in client.get(f"/peluang/{listing.slug}").text
    amend(listing, person("pemda_approver"), interest_deadline=later)
    assert (listing.closes_on, the_version(listing).interest_deadline) == (later, later)
    page = client.get(f"/peluang/{listing.slug}").text
    assert "Nyatakan minat" in page
    assert WORDS in page
    assert "Tenggat minat diperpanjang" in page


@pytest.mark.parametrize(
    "persona", ["pemda_editor", "pemda_viewer", "other_approver", "investor", "moderator"]
)
def test_only_the_owners_approvers_add_to_it(persona: str, person: Person, session: Any) -> None:
    with pytest.raises(Forbidden):
        amend(a_published_opportunity(), person(persona))
    assert session.scalar(select(Addendum)) is None


def test_it_is_refused_with_a_reason_and_nothing_is_kept(person: Person) -> None:
    approver, listing = person("pemda_approver"), a_published_opportunity()
    before = listing.closes_on
    with pytest.raises(PrivateContactInWords):
        amend(listing, approver, "Hubungi 0812 3456 7890")
    with pytest.raises(PrivateContactInWords):
        amend(listing, approver, words_en="write to budi@example.com")
    with pytest.raises(ChangedSinceRead):
        amend(listing, approver, seen=listing.revision - 1, interest_deadline=before + timedelta(days=9))
    with pytest.raises(DeadlineNotLater):
        amend(listing, approver, interest_deadline=before)
    for ended in (LifeStatus.WITHDRAWN, LifeStatus.PARTNER_FOUND, LifeStatus.UNPUBLISHED):
        with pytest.raises(ListingEnded):
            amend(a_published_opportunity(life=ended), approver)
    assert listing.closes_on == before


def test_followers_and_moderators_are_told_once(person: Person, session: Any) -> None:
    listing, approver = a_published_opportunity(), person("pemda_approver")
    for name in ("investor", "pemda_approver", "moderator"):
        follow("opportunity", listing.id, user_id=person(name).user_id or 0, why="interest", now=clock.now())
    amend(listing, approver)
    told = session.scalars(select(NoticeRow.user_id).where(NoticeRow.kind == "opportunity_addendum")).all()
    assert sorted(told) == sorted(person(name).user_id for name in ("investor", "moderator", "moderator_b"))


def test_the_form_keeps_what_was_typed_and_a_second_press_adds_nothing(
    client_as: ClientAs, session: Any
) -> None:
    approver, listing = client_as("pemda_approver"), a_published_opportunity()
    path = f"/dasbor/peluang/{listing.id}/pemberitahuan"
    seen, day = str(listing.revision), listing.closes_on
    later = {"words_id": WORDS, "interest_deadline": (day + timedelta(days=10)).isoformat(), "seen": seen}
    for wrong, sentence in (
        ({**later, "interest_deadline": day.isoformat()}, "Tenggat hanya dapat diperpanjang"),
        ({**later, "interest_deadline": "besok"}, "Tulis tanggal seperti"),
        ({**later, "words_id": " "}, "wajib"),
        ({**later, "words_en": "Call +62 812 3456 7890"}, "nomor telepon"),
    ):
        answer = approver.submit(path, wrong)
        assert answer.status_code == 422
        assert sentence in answer.text
    assert approver.submit(path, later).status_code == 302
    assert approver.submit(path, later).status_code == 409
    assert session.scalars(select(Addendum.new_deadline)).all() == [day + timedelta(days=10)]
    assert approver.get(f"/en{path}").status_code == 200


def next_version(listing: Opportunity, actor: Actor, **content: Any) -> None:
    """Another version, written and published."""
    version = editing.start_version(listing, actor=actor, now=clock.now())
    for name, value in content.items():
        setattr(version, name, value)
    version.status, version.decided_at = VersionStatus.PUBLISHED, clock.now()
    listing.published_version_id = version.id


def test_the_public_reads_what_changed_between_published_versions(
    client: PageClient, person: Person, count_queries: QueryCounter
) -> None:
    listing, editor = (
        a_published_opportunity(sought_id="Mitra untuk membangun gedung."),
        person("pemda_editor"),
    )
    path = f"/peluang/{listing.slug}/perubahan"
    assert "versi pertama yang terbit" in client.get(path).text
    next_version(listing, editor, sought_id="Mitra untuk mengelola gedung.", value_amount=300_000_000_000)
    page = html.fromstring(client.get(path).text)
    assert page.xpath("//del/text()") == [" membangun", "Rp250.000.000.000"]
    assert page.xpath("//ins/text()") == [" mengelola", "Rp300.000.000.000"]
    assert path in client.get(f"/peluang/{listing.slug}").text
    client.get(path)
    counts = []
    for rows in (1, 27):
        for number in range(rows):
            next_version(listing, editor, sought_id=f"Mitra nomor {rows}.{number}.")
        with count_queries() as counted:
            assert client.get(f"/en{path}").status_code == 200
        counts.append(counted.number)
    assert counts[0] == counts[1], counts
    assert "versi pertama yang terbit" in client.get(f"{path}?versi=1").text
    assert client.get(f"{path}?versi=99").status_code == 404


def test_a_version_that_is_not_published_is_no_ones_to_compare(client: PageClient, person: Person) -> None:
    listing = a_published_opportunity()
    draft = editing.start_version(listing, actor=person("pemda_editor"), now=clock.now())
    draft.title_id = "Rahasia"
    path = f"/peluang/{listing.slug}/perubahan"
    assert "Rahasia" not in client.get(path).text
    assert client.get(f"{path}?versi={draft.number}").status_code == 404


def test_a_pemda_that_may_not_act_reads_why_instead_of_a_button(
    session: Any, client_as: Callable[[str], PageClient]
) -> None:
    listing, approver = a_published_opportunity(), client_as("pemda_approver")
    path = f"/dasbor/peluang/{listing.id}"
    assert f"{path}/pemberitahuan" in approver.get(path).text
    session.get(Organisation, listing.organisation_id).status = OrganisationStatus.SUSPENDED
    page = approver.get(path).text
    assert f"{path}/pemberitahuan" not in page
    assert "terbuka lagi sesudah verifikasi organisasi Anda pulih" in page
    assert f"{path}/tarik" in page
