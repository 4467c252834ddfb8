"""What an alert says, decided when it is sent: what was withdrawn or no longer fits is left out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import select

from marketplace.accounts.models import User
from marketplace.extensions import db
from marketplace.mail.models import Delivery
from marketplace.mail.sending import Prepared
from marketplace.mail.stopping import stop_headers
from marketplace.opportunities.finding.cards import card_of, moment_of
from marketplace.opportunities.finding.queries import card_rows
from marketplace.opportunities.finding.question import Question
from marketplace.opportunities.rules import Standing
from marketplace.saved import unsubscribing
from marketplace.saved.search_models import SavedSearch
from marketplace.saved.search_rules import LISTED_AT_MOST
from marketplace.saved.search_words import called, question_of, reasons
from marketplace.search.index import View, open_index
from marketplace.search.matching import match


def prepare(delivery: Delivery, language: str, now: datetime) -> Prepared | None:
    """The alert as of now; None where nothing is left of it, or nobody wants it any more. Raises IndexMissing."""
    search = _find_wanted(delivery)
    if search is None:
        return None
    view, question = open_index().view(), question_of(search.query)
    lines = _lines(view, question, delivery.params["ids"], language, now)
    if not lines:
        return None
    listed, prefix = lines[:LISTED_AT_MOST], "/en" if language == "en" else ""
    link = f"{current_app.config['BASE_URL']}{prefix}{unsubscribing.PATH}/{unsubscribing.make_token(search)}"
    why = reasons(view, question, [line["id"] for line in listed], language=language, now=now)
    return Prepared(
        params={
            "search_name": called(search, language),
            "cadence": search.cadence.value,
            "count": len(lines) + delivery.params["others"],
            "others": len(lines) - len(listed) + delivery.params["others"],
            "lines": [{**line, "reasons": why[line["id"]]} for line in listed],
            "base": current_app.config["BASE_URL"],
            "stop_link": link,
        },
        headers=stop_headers(link),
    )


def _find_wanted(delivery: Delivery) -> SavedSearch | None:
    """Its search, where mails of it are still wanted by somebody whose account is in use."""
    search = db.session.scalar(
        select(SavedSearch)
        .join(User, User.id == SavedSearch.user_id)
        .where(
            SavedSearch.id == delivery.params["search_id"],
            SavedSearch.user_id == delivery.user_id,
            User.active,
            User.erased_at.is_(None),
        )
    )
    return search if search is not None and search.mailing else None


def _lines(
    view: View, question: Question, ids: Sequence[int], language: str, now: datetime
) -> list[dict[str, Any]]:
    """What is still public, fits and takes interest (closed ones only where they were asked for)."""
    fitting = match(view, question.request(now), ids)
    wants_closed = "ditutup" in question.values("status")
    prefix = "/en" if language == "en" else ""
    lines = []
    for row in card_rows([number for number in ids if number in fitting]):
        moment = moment_of(row, now)
        if (moment.stands is Standing.OPEN and not moment.paused) or wants_closed:
            card = card_of(row, moment, language, prefix)
            facts = (card.place, card.sector_name, card.value_text, card.scheme_text)
            lines.append(
                {
                    "id": card.id, "url": card.url, "title": card.title, "title_lang": card.title_lang,
                    "facts": [fact for fact in facts if fact], "deadline": card.deadline_text,
                }
            )  # fmt: skip
    return lines
