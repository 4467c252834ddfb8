"""What the reader of the list asks for, and the addresses that ask it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from marketplace.innovations.queries import Wanted
from marketplace.regions.gazetteer import Gazetteer, Place

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """The question in an address: words, dimensions, one region."""

    q: str = ""
    dimensions: tuple[str, ...] = ()
    region: Place | None = None

    def query(self, page: int = 1) -> str:
        """The query part of its address in canonical order; "" for the plain list."""
        pairs = [("q", self.q)] if self.q else []
        pairs += [("dimensi", code) for code in self.dimensions]
        pairs += [("daerah", self.region.code)] if self.region else []
        pairs += [("halaman", str(page))] if page > 1 else []
        return f"?{urlencode(pairs)}" if pairs else ""

    def with_only(self, dimension: str | None) -> "Asked":
        """The same question of one dimension, or of all."""
        return replace(self, dimensions=(dimension,) if dimension else ())

    def without_region(self) -> "Asked":
        """The same question of every region."""
        return replace(self, region=None)

    def wanted(self, known: Gazetteer) -> Wanted:
        """The question as the database understands it; a province covers its kabupaten and kota."""
        return Wanted(
            words=tuple(self.q.split()),
            words_regions=tuple(place.code for place in known.search(self.q)) if self.q else (),
            dimension_codes=self.dimensions,
            region_codes=tuple(known.members(self.region.code)) if self.region else (),
        )


def parse(
    q: str, dimensions: Sequence[str], region: str, *, known: Gazetteer, dimension_codes: Collection[str]
) -> Asked:
    """The question of an address; what is unknown in it is ignored."""
    return Asked(
        q=" ".join(q.split())[:LONGEST],
        dimensions=tuple(code for code in dimension_codes if code in dimensions),
        region=known.find(region),
    )
