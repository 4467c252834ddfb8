"""Steps on several interests at once: each partner is told alone, of its own interest only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from marketplace.core.actor import Actor
from marketplace.core.refusal import Conflict, Refusal
from marketplace.extensions import db
from marketplace.interests.comparison_rules import words_for
from marketplace.interests.deciding import ask_more_info, decline
from marketplace.interests.queries import list_partner_names


@dataclass(frozen=True, slots=True)
class Chosen:
    """One of several interests: the revision that was read, and a line for its partner alone."""

    interest_id: int
    seen: int
    line: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """An interest that was left as it is, and why."""

    interest_id: int
    partner: str
    why: Refusal


@dataclass(frozen=True, slots=True)
class Outcome:
    """By name, who was told; and who was left out, since somebody decided or the text changed meanwhile."""

    told: list[str]
    left: list[Left]


def ask_several(*, chosen: Sequence[Chosen], question: str, actor: Actor, now: datetime) -> Outcome:
    """Asks each partner the same. Raises what `ask_more_info` raises but for a Conflict."""

    def ask(one: Chosen) -> None:
        ask_more_info(interest_id=one.interest_id, question=question, seen=one.seen, actor=actor, now=now)

    return _each(chosen, ask)


def decline_several(
    *, chosen: Sequence[Chosen], reason: str | None, words: str, actor: Actor, now: datetime
) -> Outcome:
    """Answers no to each, for one reason, with common words and its own line. Raises what `decline` raises but for a Conflict."""

    def say_no(one: Chosen) -> None:
        decline(
            interest_id=one.interest_id, reason=reason, words=words_for(words, one.line), seen=one.seen, actor=actor,
            now=now,
        )  # fmt: skip

    return _each(chosen, say_no)


def _each(chosen: Sequence[Chosen], step: Callable[[Chosen], None]) -> Outcome:
    """Runs the step for each, in one transaction; by id, so that two who choose the same never wait for each other."""
    names = list_partner_names([one.interest_id for one in chosen])
    told, left = [], []
    for one in sorted(chosen, key=lambda each: each.interest_id):
        try:
            with db.session.begin_nested():
                step(one)
        except Conflict as why:
            left.append(Left(one.interest_id, names[one.interest_id], why))
        else:
            told.append(names[one.interest_id])
    return Outcome(told, left)
