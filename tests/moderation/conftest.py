from tests.support.committed import committed

__all__ = ["committed"]
