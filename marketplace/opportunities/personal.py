"""What listings hold of a person: who wrote and marked, and names that may stand in the text."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from marketplace.audit.queries import acted_on
from marketplace.changes import actions as changes
from marketplace.core.personal import Holding, Person, Topic
from marketplace.extensions import db
from marketplace.files.models import Blob
from marketplace.opportunities.models import (
    Addendum,
    Opportunity,
    OpportunityDocument,
    OpportunityVersion,
    VersionEditor,
    VersionMark,
    VersionWriting,
)
from marketplace.opportunities.questions.models import Question, QuestionWording
from marketplace.opportunities.support.assistance_models import Assistance, AssistanceWriter
from marketplace.opportunities.support.models import (
    Forwarding,
    ProvinceShare,
    Recommendation,
    VersionComment,
)

_TEXT = (
    "title_id", "title_en", "summary_id", "summary_en", "problem_id", "problem_en", "users_served_id",
    "users_served_en", "why_now_id", "why_now_en", "existing_id", "existing_en", "sought_id", "sought_en",
    "expected_result_id", "expected_result_en", "local_character_id", "local_character_en", "connectivity_id",
    "connectivity_en", "incentives_id", "incentives_en", "land_permits_id", "land_permits_en", "nice_to_haves_id",
    "nice_to_haves_en", "must_haves_id", "must_haves_en", "plan_reference", "readiness_evidence", "finance_source",
    "contact_role", "decision_words", "unread", "justified",
)  # fmt: skip


def _ours(person: Person) -> ColumnElement[bool]:
    return or_(
        Opportunity.organisation_id.in_(person.organisation_ids),
        acted_on("opportunity", Opportunity.id, person.user_id),
    )


def _versions(person: Person) -> ColumnElement[bool]:
    return or_(
        OpportunityVersion.opportunity_id.in_(select(Opportunity.id).where(_ours(person))),
        acted_on("opportunity_version", OpportunityVersion.id, person.user_id),
    )


def _of_versions(column: Any, person: Person) -> ColumnElement[bool]:
    return column.in_(select(OpportunityVersion.id).where(_versions(person)))


def _uploaded(person: Person) -> ColumnElement[bool]:
    return OpportunityDocument.blob_id.in_(select(Blob.id).where(Blob.uploaded_by == person.user_id))


def _marks(person: Person) -> ColumnElement[bool]:
    """Remarks that the person made, and those on what they wrote."""
    return or_(VersionMark.made_by == person.user_id, _on_written(VersionMark.version_id, person))


def _on_written(column: Any, person: Person) -> ColumnElement[bool]:
    return column.in_(select(OpportunityVersion.id).where(OpportunityVersion.edited_by == person.user_id))


def _comments(person: Person) -> ColumnElement[bool]:
    """Comments that the person made or handled, and those on what they wrote."""
    return or_(
        VersionComment.made_by == person.user_id,
        VersionComment.handled_by == person.user_id,
        _on_written(VersionComment.version_id, person),
    )


def _spoken(person: Person) -> ColumnElement[bool]:
    """Recommendations that the person gave, and those of what they wrote."""
    return or_(Recommendation.made_by == person.user_id, _on_written(Recommendation.version_id, person))


def _passed_on(person: Person) -> ColumnElement[bool]:
    """What the person passed on, and what was passed on of what they wrote."""
    return or_(Forwarding.forwarded_by == person.user_id, _on_written(Forwarding.version_id, person))


def _addenda(person: Person) -> ColumnElement[bool]:
    """What the person added, and what others added to a listing that they began."""
    begun = select(Opportunity.id).where(Opportunity.created_by == person.user_id)
    return or_(Addendum.published_by == person.user_id, Addendum.opportunity_id.in_(begun))


def _questions(person: Person) -> ColumnElement[bool]:
    """Questions of the person's organisations, at their listings, and those that the person acted on."""
    asked = select(Opportunity.id).where(Opportunity.organisation_id.in_(person.organisation_ids))
    return or_(
        Question.organisation_id.in_(person.organisation_ids),
        Question.opportunity_id.in_(asked),
        acted_on("question", Question.id, person.user_id),
    )


def _wordings(person: Person) -> ColumnElement[bool]:
    return QuestionWording.question_id.in_(select(Question.id).where(_questions(person)))


def _answers(person: Person) -> ColumnElement[bool]:
    """What the person wrote for everybody, and what answers the questions that they asked."""
    asked = select(Question.id).where(Question.asked_by == person.user_id)
    return or_(QuestionWording.written_by == person.user_id, QuestionWording.question_id.in_(asked))


def _renew_index(version_ids: Sequence[int]) -> None:
    touched = (
        select(OpportunityVersion.opportunity_id).where(OpportunityVersion.id.in_(version_ids)).distinct()
    )
    for number in db.session.scalars(touched):
        changes.record("opportunity", number)


HOLDINGS = (
    Holding(
        table=Opportunity.__table__, topic=Topic.CONTENT, person=("created_by",), kind="opportunity", near=_ours,
        slugs=("slug",),
        codes=(
            "region_code", "origin", "status", "tail", "template", "end_reason", "example_key", "example_source_name",
            "example_source_url", "example_note", "example_closed_as",
        ),
    ),
    Holding(
        table=OpportunityVersion.__table__, topic=Topic.CONTENT, person=("edited_by",), kind="opportunity_version",
        words=_TEXT, near=_versions, struck=_renew_index,
        codes=(
            "status", "decision_reason", "dimension_code", "sector_code", "kbli_code", "kbli_edition", "partner_kinds",
            "must_codes", "capability_codes", "language_codes", "scheme_codes", "readiness", "value_currency", "translated",
        ),
    ),
    Holding(
        table=Assistance.__table__, topic=Topic.CONTENT, person=("begun_by", "ended_by"), kind="assistance",
        codes=("status", "end_reason"),
    ),
    # It stays: nobody decides on what they wrote, and the number alone names nobody.
    Holding(table=AssistanceWriter.__table__, topic=Topic.CONTENT, person=("user_id",)),
    Holding(table=VersionEditor.__table__, topic=Topic.CONTENT, person=("user_id",), ends=True),
    Holding(
        table=VersionWriting.__table__, topic=Topic.CONTENT, person=("user_id",), codes=("field",), ends=True
    ),
    Holding(
        table=VersionMark.__table__, topic=Topic.CONTENT, person=("made_by",), words=("remark",), codes=("field",),
        own=_marks, near=lambda person: _of_versions(VersionMark.version_id, person),
    ),
    Holding(
        table=OpportunityDocument.__table__, topic=Topic.FILES, own=_uploaded, words=("title",), codes=("access", "kind"),
        near=lambda person: _of_versions(OpportunityDocument.version_id, person),
    ),
    Holding(
        table=Addendum.__table__, topic=Topic.CONTENT, person=("published_by",), own=_addenda,
        words=("words_id", "words_en"),
        near=lambda person: Addendum.opportunity_id.in_(select(Opportunity.id).where(_ours(person))),
    ),
    Holding(
        table=VersionComment.__table__, topic=Topic.CONTENT, person=("made_by", "handled_by"), words=("words",),
        codes=("field",), own=_comments, near=lambda person: _of_versions(VersionComment.version_id, person),
    ),
    Holding(
        table=Recommendation.__table__, topic=Topic.CONTENT, person=("made_by",), kind="recommendation",
        words=("words_id", "words_en", "decision_words"), codes=("status", "decision_reason"),
        own=_spoken, near=lambda person: _of_versions(Recommendation.version_id, person),
    ),
    Holding(table=ProvinceShare.__table__, topic=Topic.CONTENT, person=("shared_by",)),
    Holding(
        table=Forwarding.__table__, topic=Topic.CONTENT, person=("forwarded_by",), words=("words",), own=_passed_on,
        near=lambda person: _of_versions(Forwarding.version_id, person),
    ),
    # Whoever answered it gets the wordings in their copy, and not the row that says who asked.
    Holding(
        table=Question.__table__, topic=Topic.CONTENT, person=("asked_by",), kind="question", near=_questions,
        words=("words", "decision_words"), codes=("status", "language", "decision_reason"),
    ),
    Holding(
        table=QuestionWording.__table__, topic=Topic.CONTENT, person=("written_by",), own=_answers, near=_wordings,
        words=("words_id", "words_en", "answer_id", "answer_en"),
    ),
)  # fmt: skip
