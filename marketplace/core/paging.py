"""Pages of a list: which rows, which numbers the pager shows, which addresses they have."""

from collections.abc import Callable
from dataclasses import dataclass

FARTHEST = 100_000


def parse_page(text: str | None) -> int:
    """The page asked for in an address; 1 for anything that is no sensible page number."""
    plain = (text or "").strip()
    if not (plain.isascii() and plain.isdigit()) or len(plain) > 6:
        return 1
    return min(max(int(plain), 1), FARTHEST)


def _no_address(number: int) -> str:
    return f"?halaman={number}"


@dataclass(frozen=True, slots=True)
class Paging:
    """One page of `total` rows. A page beyond the end is the last one; an empty list has one page."""

    asked: int
    size: int
    total: int
    address: Callable[[int], str] = _no_address

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def page(self) -> int:
        return min(max(self.asked, 1), self.pages)

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.size

    @property
    def first(self) -> int:
        """Number of the first row shown, from 1; 0 when there is none."""
        return min(self.offset + 1, self.total)

    @property
    def last(self) -> int:
        return min(self.offset + self.size, self.total)

    @property
    def previous(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def next(self) -> int | None:
        return self.page + 1 if self.page < self.pages else None

    def url(self, number: int) -> str:
        """The address of that page."""
        return self.address(number)

    def window(self, around: int = 1) -> list[int | None]:
        """Page numbers for the pager: both ends and those around this one, None where some are left out."""
        near = range(self.page - around, self.page + around + 1)
        shown = sorted({1, self.pages, *(number for number in near if 1 <= number <= self.pages)})
        numbers: list[int | None] = []
        for number in shown:
            before = numbers[-1] if numbers else 0
            if before is not None and number - before == 2:
                numbers.append(number - 1)
            elif before is not None and number - before > 2:
                numbers.append(None)
            numbers.append(number)
        return numbers
