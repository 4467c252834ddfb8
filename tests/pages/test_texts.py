"""The pages that explain, in both languages."""

import pytest

from tests.support.clients import PageClient

PATHS = ("/bantuan", "/tentang", "/privasi", "/ketentuan", "/aksesibilitas")


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", PATHS)
def test_page_stands_in_both_languages(client: PageClient, path: str, prefix: str) -> None:
    assert client.get(prefix + path).status_code == 200
