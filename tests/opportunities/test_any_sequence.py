"""Whatever people do in whatever order: the public reads what was published last, and differences tell the truth."""

import io
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.refusal import Refusal
from marketplace.extensions import db
from marketplace.opportunities import attaching, editing, ending, publishing, queries
from marketplace.opportunities.amending import Amendment, publish_addendum
from marketplace.opportunities.content import content_of
from marketplace.opportunities.differences import DocumentStep, document_steps
from marketplace.opportunities.rules import DocumentAccess, LifeStatus, VersionStatus
from marketplace.opportunities.wording import field_changes, field_texts
from tests.factories.opportunities import an_opportunity, the_version
from tests.files.samples import PDF

V = VersionStatus
Shown = dict[Any, tuple[str, int]]
# Enough letters to differ, be gone and come back; never empty, so that a version may be sent.
WORDS = st.lists(st.sampled_from(["air", "pasar", "baru", "12%", "\n", "dan"]), min_size=1, max_size=6).map(
    " ".join
)


class Listing(RuleBasedStateMachine):
    """One listing in the hands of its editor, its approver and a moderator."""

    person: Callable[[str], Actor]

    def __init__(self) -> None:
        super().__init__()
        self.listing = an_opportunity()
        self.now = clock.now()
        # What was published, oldest first: the content and the documents by series.
        self.published: list[tuple[dict[str, Any], Shown]] = []
        self.files = 0

    @property
    def version(self) -> Any:
        return the_version(self.listing)

    def is_(self, *reviews: V) -> bool:
        return self.version.status in reviews and self.listing.status in (
            LifeStatus.UNPUBLISHED, LifeStatus.PUBLISHED,
        )  # fmt: skip

    def by(self, name: str) -> dict[str, Any]:
        return {"actor": self.person(name), "now": self.now}

    @precondition(lambda self: self.is_(V.DRAFT, V.RETURNED))
    @rule(sought=WORDS, value=st.sampled_from([None, 5, 7]), days=st.integers(-1, 40))
    def write(self, sought: str, value: int | None, days: int) -> None:
        content = {
            **content_of(self.version), "sought_id": f"Mitra {sought}".strip(), "value_amount": value,
            "interest_deadline": self.now.date() + timedelta(days=50 + days),
        }  # fmt: skip
        editing.save_draft(
            self.version, content=content, seen=self.version.revision, **self.by("pemda_editor")
        )

    @precondition(lambda self: self.is_(V.DRAFT, V.RETURNED))
    @rule()
    def attach(self) -> None:
        with suppress(Refusal):
            attaching.attach_document(
                self.version, stream=self.file(), filename="a.pdf", title="", access=DocumentAccess.PUBLIC,
                **self.by("pemda_editor"),
            )  # fmt: skip

    @precondition(lambda self: self.is_(V.DRAFT, V.RETURNED) and queries.has_documents(self.version.id))
    @rule(removes=st.booleans(), which=st.integers(0, 20))
    def replace_or_remove(self, removes: bool, which: int) -> None:
        present = queries.list_documents(self.version.id)
        chosen = {"document_id": present[which % len(present)].id, **self.by("pemda_editor")}
        if removes:
            attaching.remove_document(self.version, **chosen)
            return
        attaching.replace_document(self.version, stream=self.file(), filename="b.pdf", **chosen)

    def file(self) -> io.BytesIO:
        self.files += 1
        return io.BytesIO(PDF + b"%%%d" % self.files)

    @precondition(lambda self: self.is_(V.DRAFT))
    @rule()
    def send(self) -> None:
        publishing.send_to_approver(self.version, seen=self.version.revision, **self.by("pemda_editor"))

    @precondition(lambda self: self.is_(V.IN_APPROVAL))
    @rule(releases=st.booleans())
    def approve_or_remark(self, releases: bool) -> None:
        seen = {"seen": self.version.revision, **self.by("pemda_approver")}
        if releases:
            publishing.submit_version(self.version, **seen)
            return
        publishing.remark_version(self.version, marks={}, reason="unclear", words="Belum jelas", **seen)

    @precondition(lambda self: self.is_(V.SUBMITTED))
    @rule(verb=st.sampled_from(["publish", "publish", "return", "reject"]))
    def decide(self, verb: str) -> None:
        version, seen = self.version, {"seen": self.version.revision, **self.by("moderator")}
        if verb == "publish":
            publishing.publish_version(version, **seen)
            self.published.append((content_of(version), self.documents(version.id)))
        elif verb == "return":
            publishing.return_version(version, marks={}, reason="unclear", words="Belum jelas", **seen)
        else:
            publishing.reject_version(version, reason="duplicate", words="Sudah ada", **seen)

    @precondition(lambda self: self.is_(V.PUBLISHED, V.REJECTED))
    @rule()
    def begin_the_next(self) -> None:
        editing.start_version(self.listing, **self.by("pemda_editor"))

    @precondition(lambda self: self.listing.status is LifeStatus.PUBLISHED)
    @rule(days=st.integers(1, 30))
    def extend(self, days: int) -> None:
        content, _documents = self.published[-1]
        later: date = content["interest_deadline"] + timedelta(days=days)
        publish_addendum(
            self.listing, version=queries.find_version(self.listing.published_version_id),
            amendment=Amendment("Diperpanjang", interest_deadline=later), seen=self.listing.revision,
            **self.by("pemda_approver"),
        )  # fmt: skip
        content["interest_deadline"] = later

    @precondition(lambda self: self.listing.status is LifeStatus.PUBLISHED and len(self.published) > 2)
    @rule()
    def withdraw(self) -> None:
        ending.withdraw(
            self.listing, version=queries.find_version(self.listing.published_version_id),
            seen=self.listing.revision, reason="plans_changed", words="", **self.by("pemda_approver"),
        )  # fmt: skip

    @rule()
    def look(self) -> None:
        """Always possible, also once nothing else is."""

    def documents(self, version_id: int | None) -> Shown:
        found = queries.list_documents(version_id or 0)
        return {each.series: (each.blob.sha256, each.number) for each in found}

    @invariant()
    def the_public_reads_what_was_published_last(self) -> None:
        db.session.expire_all()
        version = queries.find_version(self.listing.published_version_id or 0)
        assert (version is not None) == bool(self.published)
        if version is None:
            assert self.listing.status is LifeStatus.UNPUBLISHED
            return
        content, documents = self.published[-1]
        assert content_of(version) == content
        assert self.documents(version.id) == documents
        assert self.listing.closes_on == content["interest_deadline"]

    @invariant()
    def every_difference_is_the_real_one(self) -> None:
        versions = queries.list_published_versions(self.listing.id)[::-1]
        assert [content_of(version) for version in versions] == [content for content, _ in self.published]
        for number in range(1, len(versions)):
            self.compare(number, versions[number - 1], versions[number])

    def compare(self, number: int, before: Any, after: Any) -> None:
        (old, old_files), (new, new_files) = self.published[number - 1 : number + 1]
        old_texts, new_texts = field_texts(old, "id"), field_texts(new, "id")
        changes = {each.field: each for each in field_changes(content_of(before), content_of(after), "id")}
        assert {f for f, each in changes.items() if each.changed} == {
            f for f in new_texts if old_texts[f] != new_texts[f]
        }  # fmt: skip
        for field, change in changes.items():
            assert "".join(p.text for p in change.pieces if p.kind != "new") == old_texts[field].text
            assert "".join(p.text for p in change.pieces if p.kind != "gone") == new_texts[field].text
        steps = document_steps(queries.list_documents(before.id), queries.list_documents(after.id))
        found = {document.series: step for step, document in steps}
        assert found == {
            series: step for series in old_files | new_files
            if (step := _step(old_files.get(series), new_files.get(series)))
        }  # fmt: skip


def _step(old: tuple[str, int] | None, new: tuple[str, int] | None) -> DocumentStep | None:
    if old == new:
        return None
    if old is None:
        return DocumentStep.ADDED
    return DocumentStep.REMOVED if new is None else DocumentStep.REPLACED


def test_any_sequence_of_steps(person: Callable[[str], Actor]) -> None:
    machine = type("Machine", (Listing,), {"person": staticmethod(person)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=10, stateful_step_count=40, deadline=None, derandomize=True,
            # Shrinking would take minutes; the steps that fail are printed as they are.
            phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
