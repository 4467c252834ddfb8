"""An explanation in words. They are read late, in whatever language is spoken then, so that letters have them too."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from marketplace.core.money import money_short
from marketplace.core.words import LazyString, _l
from marketplace.matching import labels
from marketplace.matching.explain import Explanation, Missing, Reason, explain
from marketplace.matching.factors import Side, Why, leaves_out
from marketplace.matching.facts import TOP_LEVEL
from marketplace.matching.measure import Fit, fit_of
from marketplace.matching.queries import PairFacts
from marketplace.matching.score import PairScore, score_pair, total_with
from marketplace.matching.settings import POINTS, Factor, Settings
from marketplace.opportunities.labels import PARTNER_KIND, WORKING_LANGUAGE
from marketplace.partners.labels import CAPABILITY, MUST, READINESS_FROM
from marketplace.partners.must_codes import MustCode
from marketplace.regions.queries import gazetteer
from marketplace.taxonomy.queries import taxonomy

NAMED_AT_MOST = 4
_ORDER = {factor: place for place, factor in enumerate(Factor)}
Text: TypeAlias = LazyString | str


@dataclass(frozen=True, slots=True)
class Point:
    """What speaks for two, or against: a few words, and what they rest on."""

    title: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Gap:
    """What is not known, what closes it and where, by which side; `adds` of a hundred at most.

    0 is less than one, or nothing as long as the other side does not state its part too.
    """

    side: Side
    place: str
    title: Text
    text: Text
    act: Text
    adds: int


@dataclass(frozen=True, slots=True)
class Told:
    """How well two fit, as pages and letters tell it; `percent` is None where a must-have is known to fail."""

    fit: Fit
    percent: int | None
    reasons: tuple[Point, ...] = ()
    against: tuple[Point, ...] = ()
    gaps: tuple[Gap, ...] = ()

    @property
    def label(self) -> labels.FitLabel:
        return labels.FIT[self.fit]


def tell(facts: PairFacts, language: str) -> Told:
    """The pair's explanation in words, sums and names as that language has them."""
    score = score_pair(facts.listing, facts.partner, facts.model)
    if score is None:
        return Told(Fit.EXCLUDED, None, against=_failed(facts))
    found = explain(score, facts.model)
    return Told(
        fit=fit_of(score, facts.model.settings),
        percent=score.percent,
        reasons=tuple(point_of(reason, language) for reason in found.reasons),
        against=tuple(point_of(reason, language) for reason in found.against),
        gaps=gaps_of(score, found, facts.model.settings, language),
    )


def point_of(reason: Reason, language: str) -> Point:
    """The words of one reason."""
    return point(reason.why, reason.given, against=reason.points < 0, language=language)


def point(why: Why, given: Mapping[str, Any], *, against: bool, language: str) -> Point:
    """The words of what a factor found, as they are said where it speaks against the two, or else for them."""
    signed = labels.WHY_AGAINST if against else labels.WHY_FOR
    words = signed.get(why, labels.WHY[why])
    return Point(words.title, _filled(words.text, values_of(given, language)))


def point_of_gap(factor: Factor, side: Side, given: Mapping[str, Any], language: str) -> Point:
    """The words of what that side has not said."""
    words = labels.MISSING[factor, side]
    return Point(words.title, _filled(words.text, values_of(given, language)))


def _failed(facts: PairFacts) -> tuple[Point, ...]:
    """The must-haves that the partner is known to fail, in the order of the codes."""
    failed = set(facts.listing.must_codes & facts.partner.fails)
    if facts.listing.within_ticket and leaves_out(facts.listing, facts.partner):
        failed.add(MustCode.TICKET)
    text = _l("Wajib menurut peluang; profil mitra tidak memenuhinya.")
    return tuple(Point(MUST[code], text) for code in MustCode if code in failed)


def gaps_of(score: PairScore, found: Explanation, settings: Settings, language: str) -> tuple[Gap, ...]:
    """What somebody could still state, the most telling first; one line an input, and none that no form asks for."""
    inputs: dict[tuple[Side, str], list[Missing]] = {}
    for missing in found.missing:
        if any((missing.factor, side) in labels.UNASKED for side in missing.sides):
            # It stays unknown, whatever the other side states.
            continue
        for side in missing.sides:
            inputs.setdefault((side, _place(missing, side)), []).append(missing)
    gaps = [
        _gap(side, place, closed, _added(score, closed, side, settings), language)
        for (side, place), closed in inputs.items()
    ]
    return tuple(sorted(gaps, key=lambda gap: -gap.adds))


def _place(missing: Missing, side: Side) -> str:
    """The input or page that closes it: a proven track record is no box to tick."""
    if missing.factor is Factor.MUST_HAVES and set(missing.given["unknown"]) == {MustCode.TRACK_RECORD}:
        return labels.MISSING[Factor.EXPERIENCE, side].place
    return labels.MISSING[missing.factor, side].place


def _added(score: PairScore, closed: Sequence[Missing], side: Side, settings: Settings) -> int:
    """The points that one input adds at most by all that it closes, where no other side has to say its part too."""
    best = {missing.factor: missing.best for missing in closed if missing.sides == (side,)}
    return total_with(score, settings, best) - score.total


def _gap(side: Side, place: str, closed: Sequence[Missing], added: int, language: str) -> Gap:
    """In the words of the first factor that it closes, as factors are listed."""
    first = min(closed, key=lambda missing: _ORDER[missing.factor])
    said = point_of_gap(first.factor, side, first.given, language)
    return Gap(
        side=side,
        place=place,
        title=said.title,
        text=said.text,
        act=labels.MISSING[first.factor, side].act,
        adds=added * 100 // POINTS,
    )


def _filled(words: LazyString, given: Mapping[str, Any]) -> LazyString:
    return LazyString(lambda: str(words) % given)


def values_of(given: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The codes and sums of an explanation as that language has them; a code without a name stands for itself."""
    printed: dict[str, Any] = {name: _PRINTERS[name](value, language) for name, value in given.items()}
    if "smallest" in given:
        printed["range"] = _range(given["smallest"], given["largest"], language)
    return printed | {"top": TOP_LEVEL}


def _range(smallest: int | None, largest: int | None, language: str) -> Text:
    if smallest is None:
        return _l("sampai %(nilai)s", nilai=_money(largest, language))
    if largest is None:
        return _l("mulai %(nilai)s", nilai=_money(smallest, language))
    return _l(
        "%(terkecil)s sampai %(terbesar)s",
        terkecil=_money(smallest, language),
        terbesar=_money(largest, language),
    )


def _money(amount: int | None, language: str) -> str:
    return "" if amount is None else money_short(amount, language)


def some(names: Sequence[Text]) -> Text:
    """The first few of them, and how many more there are."""
    if len(names) <= NAMED_AT_MOST:
        return LazyString(lambda: ", ".join(str(name) for name in names))
    first, others = names[:NAMED_AT_MOST], len(names) - NAMED_AT_MOST
    return LazyString(
        lambda: str(_l("%(nama)s, dan %(n)s lagi", nama=", ".join(str(name) for name in first), n=others))
    )


def _sector(code: str, language: str) -> str:
    term = taxonomy().sectors.get(code)
    return term.name(language) if term else code


def _scheme(code: str, language: str) -> str:
    term = taxonomy().schemes.get(code)
    return term.brief(language) if term else code


def _province(code: str, _language: str) -> str:
    return gazetteer().province_names.get(code, code)


def _labelled(words: Mapping[Any, LazyString]) -> Callable[[Any, str], Text]:
    return lambda code, _language: words.get(code, code)


def _each(one: Callable[[Any, str], Text]) -> Callable[[Any, str], Text]:
    return lambda codes, language: some([one(code, language) for code in codes])


def _plain(value: Any, _language: str) -> Text:
    return str(value)


_kind, _capability, _must = _labelled(PARTNER_KIND), _labelled(CAPABILITY), _labelled(MUST)
_spoken = _labelled(WORKING_LANGUAGE)
_PRINTERS: Mapping[str, Callable[[Any, str], Text]] = {
    "sector": _sector,
    "sectors": _each(_sector),
    "province": _province,
    "provinces": _each(_province),
    "amount": _money,
    "smallest": _money,
    "largest": _money,
    "capacity": _money,
    "schemes": _each(_scheme),
    "rung": _labelled(READINESS_FROM),
    "from": _labelled(READINESS_FROM),
    "terms": _each(_plain),
    "kind": _kind,
    "kinds": _each(_kind),
    "met": _each(_must),
    "unknown": _each(_must),
    "shared": _each(_capability),
    "other": _each(_capability),
    "records": _plain,
    "languages": _each(_spoken),
    "level": _plain,
}
