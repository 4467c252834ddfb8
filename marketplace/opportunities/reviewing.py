"""A version as those who decide on it read it: field by field, with all that is known of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marketplace.opportunities import queries, review_queries
from marketplace.opportunities.checks import Found, justifiable, material_changes
from marketplace.opportunities.content import DOCUMENTS, content_of
from marketplace.opportunities.differences import DocumentStep, Piece, document_steps
from marketplace.opportunities.models import OpportunityDocument, OpportunityVersion
from marketplace.opportunities.review_queries import EarlierMark, Writing
from marketplace.opportunities.translating import Translation, translations
from marketplace.opportunities.wording import FieldChange, field_changes


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that looks odd, and what its writer says about it ("" where nothing)."""

    found: Found
    why: str


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One field. `changed`: since the published version; `english`: missing or stale, None where all is well."""

    field: str
    pieces: list[Piece]
    english_pieces: list[Piece]
    changed: bool
    material: Found | None
    english: Translation | None
    flags: tuple[Flag, ...]
    written: Writing | None
    earlier: EarlierMark | None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document; `step`: what became of it since the published version, None where nothing did."""

    document: OpportunityDocument
    step: DocumentStep | None


@dataclass(frozen=True, slots=True)
class Review:
    """All of a version. `compared`: a published one stands beside it; without, every row is new."""

    compared: bool
    rows: tuple[ReviewRow, ...]
    documents: tuple[DocumentRow, ...]
    documents_written: Writing | None
    documents_earlier: EarlierMark | None

    @property
    def changed(self) -> list[ReviewRow]:
        return [row for row in self.rows if row.changed]

    @property
    def unchanged(self) -> list[ReviewRow]:
        return [row for row in self.rows if not row.changed]

    @property
    def documents_changed(self) -> bool:
        return any(row.step is not None for row in self.documents)

    @property
    def material(self) -> list[Found]:
        return [row.material for row in self.rows if row.material]

    @property
    def flags(self) -> list[Flag]:
        return [flag for row in self.rows for flag in row.flags]

    @property
    def missing_english(self) -> list[str]:
        return [row.field for row in self.rows if row.english is Translation.MISSING]

    @property
    def stale_english(self) -> list[str]:
        return [row.field for row in self.rows if row.english is Translation.STALE]


def published_beside(version: OpportunityVersion) -> OpportunityVersion | None:
    """The published version, where it is another one."""
    published_id = version.opportunity.published_version_id
    return queries.find_version(published_id) if published_id not in (None, version.id) else None


def review_of(
    version: OpportunityVersion, before: OpportunityVersion | None, language: str, *, internal: bool
) -> Review:
    """The version beside the published one, for a reader of that language.

    `internal`: with what the Pemda's people asked of each other.
    """
    content = content_of(version)
    old_content = content_of(before) if before else None
    documents = queries.list_documents(version.id)
    writings = review_queries.list_writings(version.id)
    earlier = review_queries.list_earlier_marks(version.id, writings) if internal else {}
    material = {found.field: found for found in material_changes(old_content, content)}
    states = translations(content, version.translated)
    flags = _flags(content, version.justified, has_documents=bool(documents))
    rows = tuple(
        ReviewRow(
            change.field, change.pieces, change.english,
            changed=before is None or change.changed, material=material.get(change.field),
            english=_wanting(states.get(change.field)), flags=flags.get(change.field, ()),
            written=writings.get(change.field), earlier=earlier.get(change.field),
        )
        for change in _every(field_changes(old_content, content, language), {*flags, *earlier})
    )  # fmt: skip
    old_documents = queries.list_documents(before.id) if before else []
    return Review(
        before is not None, rows, _documents(old_documents, documents, compared=before is not None),
        writings.get(DOCUMENTS), earlier.get(DOCUMENTS),
    )  # fmt: skip


def _every(changes: Sequence[FieldChange], also: set[str]) -> list[FieldChange]:
    """The fields that say something, and those of which something is said."""
    shown = {change.field for change in changes}
    empty = [FieldChange(field, [], []) for field in also if field not in shown and field != DOCUMENTS]
    return [*changes, *sorted(empty, key=lambda change: change.field)]


def _wanting(state: Translation | None) -> Translation | None:
    return None if state is Translation.CURRENT else state


def _flags(
    content: Mapping[str, Any], justified: Mapping[str, str], *, has_documents: bool
) -> dict[str, tuple[Flag, ...]]:
    by_field: dict[str, tuple[Flag, ...]] = {}
    for found in justifiable(content, has_documents=has_documents):
        flag = Flag(found, justified.get(found.finding, ""))
        by_field[found.field] = (*by_field.get(found.field, ()), flag)
    return by_field


def _documents(
    before: Sequence[OpportunityDocument], after: Sequence[OpportunityDocument], *, compared: bool
) -> tuple[DocumentRow, ...]:
    """Those of the version in its order, then those that it no longer shows."""
    steps = {document.id: step for step, document in document_steps(before, after)} if compared else {}
    removed = [document for document in before if steps.get(document.id) is DocumentStep.REMOVED]
    return tuple(DocumentRow(document, steps.get(document.id)) for document in (*after, *removed))
