from tests.opportunities.conftest import person

__all__ = ["person"]
