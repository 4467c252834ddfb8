"""Stored lists are those of the plain engine: after a refresh, after any edits, and after being killed half way."""

import random
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from marketplace.changes import actions as changes
from marketplace.core import clock
from marketplace.core.actor import MemberRole, OrganisationKind
from marketplace.core.text import confusable_key
from marketplace.extensions import db
from marketplace.interests import deciding, sending
from marketplace.matching import answers, queries, ranking
from marketplace.matching.factors import Side
from marketplace.matching.lists import following, kept_world, refreshing
from marketplace.matching.lists.following import FOLLOWER, follow
from marketplace.matching.lists.held_model import current_model
from marketplace.matching.lists.loading import all_listings, all_partners
from marketplace.matching.lists.stored_lists import Writing, write
from marketplace.matching.models import MatchDraft, MatchList, MatchModel
from marketplace.matching.settings import Settings
from marketplace.opportunities import ending, publishing
from marketplace.opportunities.amending import Amendment, publish_addendum
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.rules import LifeStatus, Readiness, VersionStatus
from marketplace.organisations import actions as organisations
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import OrganisationStatus
from marketplace.partners.actions import Details, edit_partner
from marketplace.partners.models import PartnerProfile
from marketplace.partners.records import Record, add_record
from marketplace.partners.rules import Capability, LegalForm, PartnerKind
from tests.factories.interests import some_content
from tests.factories.opportunities import (
    a_published_opportunity,
    an_opportunity,
    an_organisation_id,
    the_version,
)
from tests.factories.organisations import NOW as EARLIER
from tests.factories.organisations import OFFICE
from tests.personas import actor
from tests.support.actors import member
from tests.support.committed import committed
from tests.support.threads import in_own_thread

__all__ = ["committed"]
# The floor cuts some of the second places off.
KEPT, SHOWN, FLOOR = 3, 2, 60
SECTORS = ("water-supply", "waste", "street-lighting", "public-transport")
WORDS = (
    "air minum",
    "sampah kota",
    "lampu jalan",
    "angkutan umum",
    "pasar ikan",
    "sensor parkir",
    "rumah sakit",
)
BILLION = 10**9


@pytest.fixture
def world(committed: Flask) -> Flask:
    """Ten listings and seven partners, as different as chance makes them, and short lists of all."""
    with committed.app_context():
        chance = random.Random(5)
        for _ in range(9):
            a_listing(chance)
        # Ties, which the number decides.
        twin = {"title_id": "Kembar", "sector_code": None, "value_amount": None, "value_idr": None}
        a_published_opportunity(**twin), a_published_opportunity(**twin)
        for number in range(5):
            a_partner(number, chance)
        refreshing.begin(
            now=clock.now(), settings=Settings(kept=KEPT, shown=SHOWN, exposure=1, always=1, floor=FLOOR)
        )
        db.session.commit()
        made = refreshing.refresh()
        assert (made.whole, made.listings, made.partners) == (True, 11, 7)
    yield committed
    kept_world.forget()


def a_listing(chance: random.Random, **given: Any) -> Opportunity:
    value = chance.choice((None, chance.randint(1, 900) * BILLION))
    said = {
        "title_id": " ".join(chance.sample(WORDS, 2)), "sector_code": chance.choice(SECTORS), "value_amount": value,
        "value_idr": value, "scheme_codes": chance.sample(["kpbu", "apbd", "hibah"], chance.randint(0, 2)),
        "partner_kinds": [str(kind) for kind in chance.sample(list(PartnerKind), chance.randint(0, 3))],
        "readiness": chance.choice((None, *Readiness)),
    }  # fmt: skip
    closes_on = (clock.now() + timedelta(days=chance.randint(5, 60))).date()
    return a_published_opportunity(chance.choice(("bitung", "madiun")), closes_on=closes_on, **said, **given)


def profile(chance: random.Random) -> dict[str, Any]:
    least = chance.choice((None, chance.randint(1, 90) * BILLION))
    return {
        "partner_kind": chance.choice(list(PartnerKind)),
        "about_id": " ".join(chance.sample(WORDS, 2)),
        "ticket_min_idr": least,
        "ticket_max_idr": least and least * chance.randint(2, 20),
        "sector_codes": chance.sample(SECTORS, chance.randint(0, 2)),
        "region_codes": chance.sample(["71", "35", "31"], chance.randint(0, 2)),
        "scheme_codes": chance.sample(["kpbu", "apbd", "hibah"], chance.randint(0, 2)),
        "capability_codes": [str(each) for each in chance.sample(list(Capability), chance.randint(0, 2))],
        "readiness_from": chance.choice((None, 2, 4)),
    }


def a_partner(number: int, chance: random.Random) -> int:
    name = f"PT Acak {number}"
    row = Organisation(
        kind=OrganisationKind.PARTNER, status=OrganisationStatus.VERIFIED, name=name, name_key=confusable_key(name),
        slug=f"acak-{number}", created_at=EARLIER,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    db.session.add(
        PartnerProfile(
            organisation_id=row.id, legal_name=name, legal_form=LegalForm.PT, nib="1" * 13, **profile(chance)
        )
    )
    db.session.flush()
    return row.id


def stored() -> dict[tuple[Side, int], tuple[list[int], list[int]]]:
    db.session.rollback()
    return {(row.side, row.owner_id): (row.ids, row.scores) for row in db.session.scalars(select(MatchList))}


def plain() -> dict[tuple[Side, int], tuple[list[int], list[int]]]:
    """All lists by the plain engine, from the facts as they are now."""
    held = current_model()
    assert held
    listings = [each for block in all_listings(now=clock.now()) for each in block]
    partners = [each for block in all_partners() for each in block]
    found = {
        (Side.LISTING, each.id): ranking.partners_of(each, partners, held.model, held.model.settings.kept)
        for each in listings
    } | {
        (Side.PARTNER, each.id): ranking.listings_of(each, listings, held.model, held.model.settings.kept)
        for each in partners
    }
    return {
        owner: ([each.id for each in ranked], [each.total for each in ranked])
        for owner, ranked in found.items()
    }


def check() -> None:
    """The stored lists, and how often they show whom."""
    found = stored()
    assert found == plain()
    times = {(row.side, row.owner_id): row.shown_in for row in db.session.scalars(select(MatchList))}
    other = {Side.LISTING: Side.PARTNER, Side.PARTNER: Side.LISTING}
    counted = dict.fromkeys(times, 0)
    for (side, _), (ids, scores) in found.items():
        for place, (number, score) in enumerate(zip(ids, scores, strict=True)):
            counted[other[side], number] += place == 0 or (place < SHOWN and score >= FLOOR * 10_000)
    assert times == counted


def catch_up() -> None:
    """A running transaction of any other database of the server holds the outbox back: it may take a moment."""
    behind = text(
        "SELECT EXISTS (SELECT FROM changes c, change_followers f WHERE f.name = :name"
        " AND (c.xid, c.id) > (f.xid::text::xid8, f.change_id))"
    )
    deadline = time.monotonic() + 60
    while True:
        while follow(now=clock.now()):
            db.session.commit()
        db.session.commit()
        if not db.session.scalar(behind, {"name": FOLLOWER}) or time.monotonic() > deadline:
            break
    assert not db.session.scalar(behind, {"name": FOLLOWER})
    db.session.commit()


def me(persona: str) -> Any:
    return actor(db.session.connection(), persona)


class Edits:
    """What people do, each by the action that does it; partners and listings are drawn by lot."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def _listing(self) -> Opportunity | None:
        open_ones = (
            select(Opportunity)
            .join(Organisation, Organisation.id == Opportunity.organisation_id)
            .where(
                Opportunity.status == LifeStatus.PUBLISHED,
                Opportunity.closes_at > clock.now(),
                Organisation.status == OrganisationStatus.VERIFIED,
            )
            .order_by(Opportunity.id)
        )
        found = db.session.scalars(open_ones).all()
        return self.chance.choice(found) if found else None

    def _partner(self, status: OrganisationStatus = OrganisationStatus.VERIFIED) -> Organisation | None:
        of_kind = select(Organisation).where(
            Organisation.kind == OrganisationKind.PARTNER, Organisation.status == status
        )
        found = db.session.scalars(of_kind.order_by(Organisation.id)).all()
        return self.chance.choice(found) if found else None

    def publish(self) -> None:
        listing = an_opportunity(
            review=VersionStatus.SUBMITTED, title_id=" ".join(self.chance.sample(WORDS, 2))
        )
        version = the_version(listing)
        publishing.publish_version(version, seen=version.revision, actor=me("moderator"), now=clock.now())

    def extend(self) -> None:
        listing = self._listing()
        if listing and listing.closes_on:
            later = Amendment(
                "Tenggat minat diperpanjang seminggu.", interest_deadline=listing.closes_on + timedelta(7)
            )
            publish_addendum(
                listing, version=the_version(listing), amendment=later, seen=listing.revision,
                actor=self._approver(listing), now=clock.now(),
            )  # fmt: skip

    def withdraw(self) -> None:
        listing = self._listing()
        if listing:
            ending.withdraw(
                listing, version=the_version(listing), seen=listing.revision, reason="plans_changed", words="",
                actor=self._approver(listing), now=clock.now(),
            )  # fmt: skip

    def _approver(self, listing: Opportunity) -> Any:
        bitung = listing.organisation_id == an_organisation_id("bitung")
        return me("pemda_owner" if bitung else "other_approver")

    def change_profile(self) -> None:
        partner = self._partner()
        if partner:
            old = db.session.get_one(PartnerProfile, partner.id)
            kept = {
                name: getattr(old, name) for name in ("legal_name", "legal_form", "country", "nib", "npwp")
            }
            more = {"website": "", "hub_id_cohort": "", "about_en": "", **profile(self.chance)}
            owner = member(MemberRole.OWNER, partner.id, kind=OrganisationKind.PARTNER)
            kept["nib"] = kept["nib"] or "1" * 13
            old.nib = kept["nib"]
            details = Details(**kept, **more)
            edit_partner(
                partner.id, details, office=OFFICE, actor=owner, now=clock.now(), seen=partner.revision
            )

    def add_project(self) -> None:
        partner = self._partner()
        if partner:
            title = f"{self.chance.choice(WORDS)} {self.chance.randint(1, 10**6)}"
            done = Record(title, "", 2024, self.chance.randint(1, 90) * BILLION, "https://example.com", "")
            owner = member(MemberRole.OWNER, partner.id, kind=OrganisationKind.PARTNER)
            add_record(partner.id, done, actor=owner, now=clock.now())

    def suspend(self) -> None:
        partner = self._partner()
        if partner:
            organisations.suspend(
                partner.id, reason="other", words="Dokumennya diragukan orang.", actor=me("moderator"),
                now=clock.now(), seen=partner.revision,
            )  # fmt: skip

    def reinstate(self) -> None:
        partner = self._partner(OrganisationStatus.SUSPENDED)
        if partner:
            organisations.reinstate(partner.id, actor=me("moderator"), now=clock.now(), seen=partner.revision)

    def pause_pemda(self) -> None:
        row = db.session.get_one(Organisation, an_organisation_id("madiun"))
        db.session.refresh(row)
        if row.status is OrganisationStatus.VERIFIED:
            organisations.suspend(
                row.id, reason="other", words="Surat tugasnya diragukan.", actor=me("moderator"), now=clock.now(),
                seen=row.revision,
            )  # fmt: skip
        else:
            organisations.reinstate(row.id, actor=me("moderator"), now=clock.now(), seen=row.revision)

    def accept(self) -> None:
        listing = self._listing()
        investor = db.session.get_one(Organisation, an_organisation_id("investor"))
        if listing and investor.status is OrganisationStatus.VERIFIED and queries.may_be_paired(
            listing.id, investor.id, now=clock.now()
        ) and not queries.is_settled(listing.id, investor.id):  # fmt: skip
            writing = sending.Writing(listing.id, listing.published_version_id or 0, some_content())
            sent = sending.send_interest(writing=writing, actor=me("investor"), now=clock.now())
            deciding.accept(
                interest_id=sent.id, seen=sent.revision, actor=self._approver(listing), now=clock.now()
            )

    def let_close(self) -> None:
        """A deadline that passes writes nothing anywhere."""
        later = clock.now() + timedelta(days=10)
        clock.use(lambda: later)


def test_incremental_equals_full_after_any_edits(world: Flask) -> None:
    with world.app_context():
        check()
        chance = random.Random(11)
        edits = Edits(chance)
        kinds: list[Callable[[], None]] = [
            edits.publish, edits.extend, edits.withdraw, edits.change_profile, edits.change_profile, edits.add_project,
            edits.suspend, edits.reinstate, edits.pause_pemda, edits.accept, edits.accept, edits.let_close,
        ]  # fmt: skip
        for step in range(200):
            # Each of them at least once, the rest by lot.
            (kinds[step] if step < len(kinds) else chance.choice(kinds))()
            db.session.commit()
            if step % 5 == 4:
                catch_up()
                check()
        incremental = stored()
        settings = current_model().model.settings  # type: ignore[union-attr]
        model_id = current_model().id  # type: ignore[union-attr]
        # Built anew from the database, the world says the same of every list.
        kept_world.forget()
        for row in db.session.scalars(select(MatchList)):
            changes.record("opportunity" if row.side is Side.LISTING else "organisation", row.owner_id)
        db.session.commit()
        catch_up()
        assert stored() == incremental == plain()
        assert (current_model().id, settings.kept) == (model_id, KEPT)  # type: ignore[union-attr]


def test_who_stood_in_lists_before_having_one_is_counted_in_them(world: Flask) -> None:
    """As after a reinstatement of which the world knew before the outbox was read so far."""
    with world.app_context():
        shown = select(MatchList).where(MatchList.shown_in > 1).order_by(MatchList.side, MatchList.owner_id)
        held = current_model()
        assert held
        for row in db.session.scalars(shown).all():
            away = Writing()
            away.gone[row.side].add(row.owner_id)
            kind = "opportunity" if row.side is Side.LISTING else "organisation"
            changes.record(kind, row.owner_id)
            write(away, model_id=held.id, settings=held.model.settings, now=clock.now())
            db.session.commit()
            catch_up()
            check()


class Killed(Exception):
    """As a kill -9 would: nothing after it is done."""


def test_a_refresh_that_was_killed_goes_on_and_shows_nothing_half(
    world: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world.app_context():
        before, first = stored(), current_model()
        changes.record("organisation", a_partner(90, random.Random(1)))
        db.session.commit()
        monkeypatch.setattr(refreshing, "CHUNK", 4)
        seen: list[int] = []

        def killer(done: int, total: int) -> None:
            seen.append(done)
            if done > 6:
                raise Killed

        with pytest.raises(Killed):
            refreshing.refresh(whole=True, progress=killer)
        db.session.rollback()
        assert stored() == before
        assert current_model() == first
        assert refreshing.is_unmade()
        done = db.session.scalar(
            select(func.count()).select_from(MatchDraft).where(MatchDraft.side == Side.LISTING)
        )
        assert done
        # Changed while nobody was making lists: the old ones follow at once, those made already catch up later.
        changes.record("opportunity", a_listing(random.Random(3)).id)
        investor = an_organisation_id("investor")
        db.session.get_one(PartnerProfile, investor).sector_codes = ["waste"]
        changes.record("organisation", investor)
        db.session.commit()
        catch_up()
        assert stored() == plain()
        again: list[int] = []
        made = refreshing.refresh(progress=lambda done, total: again.append(done))
        assert (made.whole, made.model_id) == (True, current_model().id)  # type: ignore[union-attr]
        assert min(again) > done
        assert current_model() != first
        catch_up()
        check()
        assert db.session.scalar(select(func.count()).select_from(MatchModel)) == 1
        assert not refreshing.is_unmade()
        assert not refreshing.refresh().whole


def test_only_one_refreshes_and_rows_that_no_action_wrote_are_found(world: Flask) -> None:
    def beside() -> None:
        with world.app_context(), pytest.raises(refreshing.RefreshRuns):
            refreshing.refresh()

    with world.app_context():
        with refreshing.alone():
            in_own_thread(beside)
        new = a_published_opportunity().id
        db.session.commit()
        made = refreshing.refresh()
        assert (made.whole, made.looked_at) == (False, 1)
        assert (Side.LISTING, new) in stored()
        check()


def test_who_scores_holds_nobody_up_and_gives_way_to_who_was_faster(
    world: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, called = following.plan, []

    def beside() -> None:
        with world.app_context():
            catch_up()
            db.session.remove()

    def overtaken(*given: Any) -> Any:
        monkeypatch.setattr(following, "plan", real)
        # Without a number of its own, a transaction keeps no reader of the outbox waiting.
        called.append(db.session.scalar(text("SELECT pg_current_xact_id_if_assigned()")))
        in_own_thread(beside)
        return real(*given)

    with world.app_context():
        changes.record("opportunity", a_listing(random.Random(8)).id)
        db.session.commit()
        monkeypatch.setattr(following, "plan", overtaken)
        catch_up()
        assert called == [None]
        check()


def test_answers_are_kept_with_their_score(world: Flask) -> None:
    with world.app_context():
        partner = an_organisation_id("investor")
        best = stored()[Side.PARTNER, partner]
        answers.note(
            queries.AnswerKind.INVITED, opportunity_id=best[0][0], organisation_id=partner, now=clock.now()
        )
        row = db.session.scalars(select(answers.MatchAnswer)).one()
        assert (row.score, row.model_id) == (best[1][0], current_model().id)  # type: ignore[union-attr]
