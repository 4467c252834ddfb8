"""Who is told what about a question. No notice names who asked, not even to who answers."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from marketplace.notifications.actions import Notice
from marketplace.opportunities.models import OpportunityVersion
from marketplace.opportunities.own_queries import list_working_ids
from marketplace.opportunities.questions.models import Question
from marketplace.opportunities.questions.rules import Wording
from marketplace.organisations.member_rules import WRITERS
from marketplace.organisations.queries import list_member_ids
from marketplace.regions.queries import gazetteer


def list_askers(question: Question) -> list[int]:
    """Those of its asker who write there."""
    return list_member_ids(question.organisation_id, *WRITERS)


def _params(version: OpportunityVersion, region_code: str, **more: Any) -> dict[str, Any]:
    place = gazetteer().by_code[region_code].display
    return {"title_id": version.title_id, "title_en": version.title_en, "place": place, **more}


def _to_asker(kind: str, question: Question, version: OpportunityVersion, **more: Any) -> Notice:
    params = _params(version, question.opportunity.region_code, asked=question.words, **more)
    return Notice(kind, list_askers(question), f"/dasbor/pertanyaan/{question.id}", params)


def _to_pemda(kind: str, question: Question, version: OpportunityVersion, **more: Any) -> Notice:
    opportunity = question.opportunity
    recipients = list_working_ids(opportunity.organisation_id or 0)
    params = _params(version, opportunity.region_code, **more)
    return Notice(kind, recipients, f"/dasbor/pertanyaan/{question.id}", params)


def asked(question: Question, version: OpportunityVersion) -> Notice:
    return _to_pemda(
        "question_asked", question, version, asked=question.words, due=question.due_on.isoformat()
    )


def answered(question: Question, version: OpportunityVersion, wording: Wording) -> Notice:
    """To who asked; a question that was answered together with another gets the other's answer."""
    return _to_asker(
        "question_answered", question, version, answer_id=wording.answer_id, answer_en=wording.answer_en
    )


def edited(question: Question, version: OpportunityVersion, wording: Wording) -> Notice:
    """To who asked, in the inbox only: often it is a letter that was put right."""
    words = {"answer_id": wording.answer_id, "answer_en": wording.answer_en}
    return replace(_to_asker("question_edited", question, version, **words), by_mail=False)


def put_right(question: Question, version: OpportunityVersion, moderators: Sequence[int]) -> Notice:
    """To LAIP: what it hides was edited and may be looked at again."""
    params = _params(version, question.opportunity.region_code)
    return Notice(
        "question_put_right", moderators, f"/moderasi/pertanyaan/{question.id}", params, by_mail=False
    )


def declined(question: Question, version: OpportunityVersion, reason: str | None, words: str) -> Notice:
    return _to_asker("question_declined", question, version, reason=reason, words=words)


def hidden(question: Question, version: OpportunityVersion, reason: str | None, words: str) -> list[Notice]:
    more = {"reason": reason, "words": words}
    return [
        _to_asker("question_hidden", question, version, **more),
        _to_pemda("question_hidden", question, version, **more),
    ]


def shown(question: Question, version: OpportunityVersion) -> list[Notice]:
    return [_to_asker("question_shown", question, version), _to_pemda("question_shown", question, version)]
