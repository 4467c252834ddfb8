"""The queue's SQL says what its rules say: order, risk and why, holder; and its last row is reached."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from marketplace.audit import actions as audit
from marketplace.core import clock
from marketplace.core.actor import OrganisationKind
from marketplace.extensions import db
from marketplace.interests.rules import InterestStatus
from marketplace.moderation.models import Hold
from marketplace.moderation.queue_queries import find_holder, list_queue
from marketplace.moderation.rules import QueueItem, QueueKind, Why, in_order, is_held
from marketplace.moderation.stalled_queries import count_waiting
from marketplace.opportunities.models import OpportunityVersion
from marketplace.opportunities.rules import VersionStatus
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import OrganisationStatus
from marketplace.partners.models import PartnerProfile
from marketplace.partners.rules import LegalForm, PartnerKind
from tests import personas
from tests.factories.interests import an_interest
from tests.factories.opportunities import (
    COMPLETE,
    a_published_opportunity,
    an_opportunity,
    an_organisation_id,
    the_version,
)
from tests.factories.organisations import submitted_pemda

# A Wednesday.
NOW = datetime(2026, 6, 10, 3, tzinfo=UTC)
LISTING = {"review": VersionStatus.SUBMITTED}


def a_claim(number: int, since: datetime, **values: Any) -> Organisation:
    options = {"kind": OrganisationKind.TUTOR, "name": f"Pendamping {number}", **values}
    claim = Organisation(
        slug=f"pendamping-{number}", name_key=f"pendamping {number}", status=OrganisationStatus.SUBMITTED,
        created_at=since, submitted_at=since, **options,
    )  # fmt: skip
    db.session.add(claim)
    db.session.flush()
    return claim


def a_partner(number: int, country: str) -> Organisation:
    claim = a_claim(number, NOW, kind=OrganisationKind.PARTNER)
    form = LegalForm.PT if country == "ID" else LegalForm.FOREIGN_COMPANY
    db.session.add(
        PartnerProfile(
            organisation_id=claim.id, partner_kind=PartnerKind.INVESTOR, legal_name="X", legal_form=form, country=country
        )
    )  # fmt: skip
    db.session.flush()
    return claim


def a_new_version(**content: Any) -> int:
    """The next version of a published listing, submitted."""
    listing = a_published_opportunity()
    version = OpportunityVersion(
        opportunity_id=listing.id, number=2, status=VersionStatus.SUBMITTED, created_at=NOW, edited_at=NOW,
        submitted_at=NOW, **{**COMPLETE, **content},
    )  # fmt: skip
    db.session.add(version)
    db.session.flush()
    return version.id


def whole_queue(now: datetime = NOW, **options: Any) -> list[QueueItem]:
    return list_queue(now, limit=1000, **options)


@pytest.mark.usefixtures("session")
def test_each_case_is_there_for_the_reason_that_its_rule_names(connection: Any) -> None:
    people = {name: personas.actor(connection, name) for name in ("alone", "startup")}
    rivals = [submitted_pemda(person)[0].id for person in people.values()]
    letter = submitted_pemda(people["alone"], "71.02")[0].id
    again = submitted_pemda(people["alone"], "71.03")[0]
    audit.record(
        "organisation:submitted",
        actor=people["alone"],
        now=NOW,
        object_kind="organisation",
        object_id=again.id,
    )
    same = a_claim(1, NOW, name="P.T. Tirta Uji")
    same.name_key = db.session.get_one(Organisation, an_organisation_id("investor")).name_key
    papers, foreign = a_partner(2, "ID"), a_partner(3, "SG")
    expected = {
        **dict.fromkeys([(QueueKind.ORGANISATION, number) for number in rivals], Why.RIVAL_CLAIM),
        (QueueKind.ORGANISATION, letter): Why.LETTER,
        (QueueKind.ORGANISATION, again.id): Why.AGAIN,
        (QueueKind.ORGANISATION, same.id): Why.LOOK_ALIKE,
        (QueueKind.ORGANISATION, papers.id): Why.PAPERS,
        (QueueKind.ORGANISATION, foreign.id): Why.FOREIGN_PARTNER,
        (QueueKind.OPPORTUNITY, the_version(an_opportunity(**LISTING)).id): Why.FIRST_TIME,
        (QueueKind.OPPORTUNITY, the_version(an_opportunity(**LISTING, value_idr=None)).id): Why.VALUE_UNKNOWN,
        (QueueKind.OPPORTUNITY, a_new_version()): Why.NEW_VERSION,
        (QueueKind.OPPORTUNITY, a_new_version(value_idr=1)): Why.VALUE_CHANGED,
        (QueueKind.OPPORTUNITY, a_new_version(value_idr=None)): Why.VALUE_CHANGED,
        (QueueKind.MATCH, an_interest(status=InterestStatus.ACCEPTED).id): Why.BOTH_AGREE,
    }
    db.session.get_one(PartnerProfile, an_organisation_id("startup")).country = "SG"
    abroad = an_interest(a_published_opportunity(), "startup", InterestStatus.ACCEPTED)
    expected[QueueKind.MATCH, abroad.id] = Why.FOREIGN_PARTNER
    assert {(item.kind, item.id): item.why for item in whole_queue()} == expected


@pytest.mark.usefixtures("session")
def test_sql_orders_as_the_rule_does() -> None:
    """Thirty days in steps of seven hours, over weekends and midnights of the ministry, in three risks."""
    for number in range(100):
        since = NOW - timedelta(hours=7 * (number * 37 % 100))
        if number % 3 == 0:
            a_claim(number, since)
        elif number % 3 == 1:
            an_opportunity(now=since, review=VersionStatus.SUBMITTED, value_idr=None)
        else:
            an_opportunity(now=since, review=VersionStatus.SUBMITTED)
    found = whole_queue()
    assert len(found) == 100
    assert found == in_order(found[::-1])
    assert len({item.risk for item in found}) == 2
    pages = [item for offset in range(0, 100, 7) for item in list_queue(NOW, limit=7, offset=offset)]
    assert pages == found
    waiting = count_waiting(NOW)
    assert waiting.total == 100
    assert waiting.late == sum(1 for item in found if item.late) > 0


@pytest.mark.usefixtures("session")
def test_a_hold_shows_as_the_rule_says(connection: Any) -> None:
    moderator = personas.actor(connection, "moderator")
    expected = {}
    for number, (submitted, held) in enumerate([(30, 0), (30, 23), (30, 24), (30, 25), (1, 2), (2, 1)]):
        since, held_at = NOW - timedelta(hours=submitted), NOW - timedelta(hours=held)
        claim = a_claim(number, since)
        db.session.add(
            Hold(kind=QueueKind.ORGANISATION, case_id=claim.id, user_id=moderator.user_id, held_at=held_at)
        )
        expected[claim.id] = "Maya Lestari" if is_held(held_at, since=since, now=NOW) else None
    db.session.flush()
    found = {item.id: item.holder.name if item.holder else None for item in whole_queue()}
    assert found == expected
    assert set(expected.values()) == {"Maya Lestari", None}
    for item in whole_queue():
        assert find_holder(item.kind, item.id, since=item.since, now=NOW) == item.holder


@pytest.mark.usefixtures("session")
def test_the_ten_thousandth_is_reached(connection: Any, client_as: Any, count_queries: Any) -> None:
    now = clock.now()
    db.session.execute(
        Organisation.__table__.insert(),
        [
            {
                "kind": "tutor", "status": "submitted", "name": f"Massal {number:05}", "name_key": f"massal {number}",
                "slug": f"massal-{number}", "created_at": now, "submitted_at": now - timedelta(minutes=10_000 - number),
                "revision": 1,
            }
            for number in range(10_000)
        ],
    )  # fmt: skip
    browser = client_as("moderator")
    browser.get("/moderasi")
    with count_queries() as first:
        assert "10000 keputusan menunggu" in browser.get("/moderasi").text
    with count_queries() as last:
        page = browser.get("/moderasi?halaman=400").text
    assert "Massal 09999" in page
    assert "Massal 09975" in page
    assert "Massal 09974" not in page
    assert first.number == last.number


@pytest.mark.usefixtures("session")
def test_a_match_has_an_english_name_where_its_listing_has_one() -> None:
    an_interest(a_published_opportunity(title_en=""), status=InterestStatus.ACCEPTED)
    an_interest(a_published_opportunity(title_en="Water"), "startup", status=InterestStatus.ACCEPTED)
    found = {item.title_en for item in whole_queue()}
    assert found == {"", "Water × PT Rintisan Uji"}
