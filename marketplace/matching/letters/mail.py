"""What a letter about suggestions says, decided when it is sent: what may not be suggested any more is left out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import select

from marketplace.accounts.models import User
from marketplace.core.words import LazyString, _l
from marketplace.extensions import db
from marketplace.mail.models import Delivery
from marketplace.mail.sending import Prepared
from marketplace.mail.stopping import stop_headers
from marketplace.matching import queries
from marketplace.matching.choice_models import SuggestionLetter
from marketplace.matching.letters import links as letter_links
from marketplace.matching.letters.rules import LISTED_AT_MOST
from marketplace.matching.wording import Point, Told, tell
from marketplace.opportunities.finding.cards import Card, cards_by_ids
from marketplace.organisations.models import Member, Organisation

REASONS_AT_MOST, AGAINST_AT_MOST = 3, 1
GUIDE = "/bantuan/saran"


def prepare(delivery: Delivery, language: str, now: datetime) -> Prepared | None:
    """The letter as of now; None where nothing is left of it, or nobody wants it any more."""
    organisation_id, ids = delivery.params["organisation_id"], delivery.params["ids"]
    name = _find_wanted(delivery.user_id, organisation_id)
    if name is None:
        return None
    listed = queries.list_for_partner(organisation_id, now=now).rows
    rows = [row for row in listed if row.opportunity_id in set(ids)]
    lines = _lines(organisation_id, rows[:LISTED_AT_MOST], language, now)
    if not lines:
        return None
    base = current_app.config["BASE_URL"]
    prefix = "/en" if language == "en" else ""
    token = letter_links.make_token(delivery.user_id or 0, organisation_id)
    link = f"{base}{prefix}{letter_links.PATH}/{token}"
    return Prepared(
        params={
            "partner_name": name,
            "count": len(rows),
            # A letter that an older release owes does not say.
            "first": delivery.params.get("first", False),
            "others": max(0, len(rows) - LISTED_AT_MOST),
            "lines": lines,
            "base": base,
            "stop_link": link,
            "how_link": f"{base}{prefix}{GUIDE}",
        },
        headers=stop_headers(link),
    )


def _find_wanted(user_id: int | None, organisation_id: int) -> str | None:
    """The partner's name, where this person is still of it and has not ended its letters."""
    return db.session.scalar(
        select(Organisation.name)
        .join(Member, Member.organisation_id == Organisation.id)
        .join(User, User.id == Member.user_id)
        .outerjoin(
            SuggestionLetter,
            (SuggestionLetter.user_id == User.id) & (SuggestionLetter.organisation_id == Organisation.id),
        )
        .where(
            Organisation.id == organisation_id, User.id == user_id, User.active, User.erased_at.is_(None),
            SuggestionLetter.stopped_at.is_(None),
        )
    )  # fmt: skip


def _lines(
    organisation_id: int, rows: Sequence[queries.SuggestedListing], language: str, now: datetime
) -> list[dict[str, Any]]:
    ids = [row.opportunity_id for row in rows]
    facts = queries.pairs_of_partner(organisation_id, ids, now=now)
    prefix = "/en" if language == "en" else ""
    cards = {card.id: card for card in cards_by_ids(ids, language=language, prefix=prefix, now=now)}
    return [
        _line(cards[row.opportunity_id], tell(facts[row.opportunity_id], language), row.by_hand)
        for row in rows
        if row.opportunity_id in cards and row.opportunity_id in facts
    ]


def _line(card: Card, told: Told, by_hand: queries.HandNote | None) -> dict[str, Any]:
    facts = (card.place, card.sector_name, card.value_text, card.scheme_text)
    return {
        "url": card.url,
        "title": card.title,
        "title_lang": card.title_lang,
        "facts": [fact for fact in facts if fact],
        "deadline": card.deadline_text,
        "measure": _measure(told),
        "reasons": [_plain(point) for point in told.reasons[:REASONS_AT_MOST]],
        "against": [_plain(point) for point in told.against[:AGAINST_AT_MOST]],
        "by_hand": by_hand,
    }


def _measure(told: Told) -> LazyString:
    if told.percent is None:
        return told.label.text
    return _l("%(cocok)s, %(n)s dari 100", cocok=told.label.text, n=told.percent)


def _plain(point: Point) -> LazyString:
    """ "Sektor sama (Air minum ada di profil mitra)"."""
    return LazyString(lambda: f"{point.title} ({str(point.text).rstrip('.')})")
