"""Slows guessing: failures count, an account's and an address's, kept in the database.

A browser that has signed in to the account before counts by itself: strangers cannot lock its owner out, and who sits
down at it next cannot guess for ever.
"""

import hashlib
import hmac
import math
import time

from flask import current_app
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from marketplace.core.refusal import Refusal
from marketplace.core.words import _l

ACCOUNT = RateLimitItemPerMinute(10, 5)
ADDRESS = RateLimitItemPerMinute(50, 5)
KNOWN_BROWSER = RateLimitItemPerMinute(10, 5)
CODES = RateLimitItemPerMinute(5, 5)
LETTERS = RateLimitItemPerHour(5)
LETTERS_OF_ADDRESS = RateLimitItemPerHour(100)
# Many readers share an address here; a program that asks every second does not need to.
FEEDS_OF_ADDRESS = RateLimitItemPerMinute(60)


class TooManyFailures(Refusal):
    """Parameters: `seconds` until the next try, `minutes` the same for people."""

    status = 429
    message = _l(
        "Terlalu banyak percobaan gagal. Coba lagi dalam %(minutes)s menit, atau buat kata sandi baru lewat surel."
    )


class TooManyReads(Refusal):
    """Parameters: `seconds` until the next answer."""

    status = 429
    message = _l("Terlalu banyak permintaan dari alamat ini. Coba lagi dalam %(seconds)s detik.")


def check_failures(email: str, address: str, *, known_browser: bool) -> None:
    """Raises TooManyFailures where this account or this network address has failed too often just now."""
    for limit, keys in _failure_keys(email, address, known_browser):
        if _enabled() and not _limiter().test(limit, *keys):
            raise _too_many(limit, keys)


def note_failure(email: str, address: str, *, known_browser: bool) -> None:
    """Counts one failure; a right password is never counted."""
    for limit, keys in _failure_keys(email, address, known_browser):
        if _enabled():
            _limiter().hit(limit, *keys)


def check_codes(user_id: int, *, known_here: bool) -> None:
    """Raises TooManyFailures after five wrong codes in five minutes.

    Browsers that have signed in to the account before are counted apart: whoever has stolen the password cannot
    keep its owner out.
    """
    keys = _code_keys(user_id, known_here)
    if _enabled() and not _limiter().test(CODES, *keys):
        raise _too_many(CODES, keys)


def note_wrong_code(user_id: int, *, known_here: bool) -> None:
    """Counts one wrong code."""
    if _enabled():
        _limiter().hit(CODES, *_code_keys(user_id, known_here))


def _code_keys(user_id: int, known_here: bool) -> tuple[str, str]:
    return "code-known" if known_here else "code", str(user_id)


def may_write_to(email: str, address: str) -> bool:
    """Whether one more letter may go to that mailbox, and counts it; a flood of them is swallowed silently."""
    if not _enabled():
        return True
    fits = _limiter().hit(LETTERS, "letters", _hidden(email))
    return _limiter().hit(LETTERS_OF_ADDRESS, "letters-from", _hidden(address)) and fits


def check_feeds(address: str) -> None:
    """Counts one reading of a feed; raises TooManyReads where this network address reads without pause."""
    key = ("feeds-from", _hidden(address))
    if _enabled() and not _limiter().hit(FEEDS_OF_ADDRESS, *key):
        raise TooManyReads(seconds=_seconds_left(FEEDS_OF_ADDRESS, key))


def _failure_keys(
    email: str, address: str, known_browser: bool
) -> tuple[tuple[RateLimitItem, tuple[str, str]], ...]:
    if known_browser:
        return ((KNOWN_BROWSER, ("sign-in-known", _hidden(email))),)
    return (ACCOUNT, ("sign-in", _hidden(email))), (ADDRESS, ("sign-in-from", _hidden(address)))


def _too_many(limit: RateLimitItem, keys: tuple[str, str]) -> TooManyFailures:
    seconds = _seconds_left(limit, keys)
    return TooManyFailures(seconds=seconds, minutes=math.ceil(seconds / 60))


def _seconds_left(limit: RateLimitItem, keys: tuple[str, str]) -> int:
    return max(1, math.ceil(_limiter().get_window_stats(limit, *keys).reset_time - time.time()))


def _hidden(address: str) -> str:
    # Keyed, since the few network addresses there are could all be hashed and compared.
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, address.strip().casefold().encode(), hashlib.sha256).hexdigest()[:32]


def _enabled() -> bool:
    return bool(current_app.config.get("RATELIMIT_ENABLED", True))


def _limiter() -> FixedWindowRateLimiter:
    kept = current_app.extensions.get("titiktemu_throttle")
    if kept is None:
        kept = FixedWindowRateLimiter(storage_from_string(current_app.config["RATELIMIT_STORAGE_URI"]))
        current_app.extensions["titiktemu_throttle"] = kept
    limiter: FixedWindowRateLimiter = kept
    return limiter
