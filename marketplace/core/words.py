"""Lazy texts for rules and refusals: written in Indonesian, read in the reader's language."""

from flask_babel import LazyString, lazy_gettext

__all__ = ["LazyString", "_l"]

_l = lazy_gettext
