"""The page of a list that an address asks for, and the addresses of the others."""

from typing import Any

from flask import request, url_for

from marketplace.core.paging import Paging, parse_page


def paged(endpoint: str, total: int, size: int, /, **values: Any) -> Paging:
    """The page that `halaman` names, of so many rows in pages of that size.

    `values` are those of the address beside it: every page keeps them, and the first has no number.
    """

    def address(number: int) -> str:
        return url_for(endpoint, **values, halaman=number if number > 1 else None)

    return Paging(parse_page(request.args.get("halaman")), size, total, address)
