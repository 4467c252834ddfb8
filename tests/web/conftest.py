"""Connections of their own for what is about connections."""

from tests.support.committed import committed

__all__ = ["committed"]
