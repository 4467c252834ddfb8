"""What the listing's form reads, refuses and gives back."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from marketplace.core import clock
from marketplace.core.dates import local_day
from marketplace.opportunities import editing
from marketplace.opportunities.figures import FigureUnreadable, parse_figure
from tests.factories.opportunities import a_published_opportunity, an_opportunity, the_version
from tests.personas import actor
from tests.support.clients import PageClient

ClientAs = Callable[[str], PageClient]
PLAIN = {"seen": "1", "title_id": "SPAM", "sector_code": "", "readiness": ""}


def save(client: PageClient, opportunity: Any, prefix: str = "", **typed: Any) -> Any:
    return client.submit(f"{prefix}/dasbor/peluang/{opportunity.id}/sunting", {**PLAIN, **typed})


@pytest.mark.parametrize(
    "text, thousands, figure",
    [
        ("16.250", ".", "16250"),
        ("16.250,50", ".", "16250.5"),
        ("108,123", ".", "108.123"),
        ("16,250", ",", "16250"),
        ("16,250.50", ",", "16250.5"),
        ("108.123", ",", "108.123"),
        ("1.250", None, "1.25"),
    ],
)
def test_a_rate_is_read_in_the_readers_language(text: str, thousands: str | None, figure: str) -> None:
    assert parse_figure(text, largest=1_000_000, places=6, thousands=thousands) == Decimal(figure)


def test_a_rate_that_mixes_both_ways_is_refused() -> None:
    with pytest.raises(FigureUnreadable):
        parse_figure("16,250,50", largest=1_000_000, places=6, thousands=".")


@pytest.mark.parametrize("prefix, typed", [("", "108,123"), ("/en", "108.123")])
def test_a_rate_stays_what_it_is_however_often_it_is_saved(
    prefix: str, typed: str, client_as: ClientAs
) -> None:
    editor, draft = client_as("pemda_editor"), an_opportunity()
    save(
        editor,
        draft,
        prefix,
        value_amount="JPY 5.000.000.000" if not prefix else "JPY 5 billion",
        idr_rate=typed,
    )
    assert the_version(draft).idr_rate == Decimal("108.123")
    page = editor.get(f"{prefix}/dasbor/peluang/{draft.id}/sunting").text
    assert f'value="{typed}"' in page
    assert f">{'Terbaca' if not prefix else 'Read as'} {typed}<" in page
    save(
        editor,
        draft,
        prefix,
        seen="2",
        value_amount="JPY 5.000.000.000" if not prefix else "JPY 5 billion",
        idr_rate=typed,
    )
    assert the_version(draft).idr_rate == Decimal("108.123")


def test_a_rate_without_a_foreign_sum_is_not_dropped_in_silence(client_as: ClientAs) -> None:
    answer = save(client_as("pemda_editor"), an_opportunity(), value_amount="5 juta", idr_rate="16.250")
    assert answer.status_code == 422
    assert "Kurs dipakai bila jumlahnya bukan rupiah" in answer.text
    assert 'value="16.250"' in answer.text


def test_what_is_sought_may_be_foreign_without_a_value(client_as: ClientAs) -> None:
    editor, draft = client_as("pemda_editor"), an_opportunity()
    assert save(editor, draft, sought_amount="USD 2 juta", idr_rate="16.000").status_code == 302
    version = the_version(draft)
    assert (version.value_currency, version.sought_idr) == ("USD", 32_000_000_000)


@pytest.mark.parametrize(
    "sums",
    [
        {"value_amount": "USD 5 juta", "sought_amount": "Rp2 miliar"},
        {"sought_amount": "USD 5 juta", "npv_amount": "2 miliar"},
    ],
)
def test_sums_of_two_currencies_are_refused(sums: dict[str, str], client_as: ClientAs) -> None:
    answer = save(client_as("pemda_editor"), an_opportunity(), **sums)
    assert answer.status_code == 422
    assert "mata uang yang sama" in answer.text


def test_a_preview_of_the_next_version_counts_to_its_own_deadline(
    client_as: ClientAs, connection: Any
) -> None:
    """The published one is closed; the next one opens it again, and its preview shows that."""
    listed = a_published_opportunity(now=clock.now() - timedelta(days=100))
    version = editing.start_version(listed, actor=actor(connection, "pemda_editor"), now=clock.now())
    version.interest_deadline = local_day(clock.now(), "Asia/Makassar") + timedelta(days=10)
    editor = client_as("pemda_editor")
    page = editor.get(f"/dasbor/peluang/{listed.id}/pratinjau").text
    assert "Terbuka" in page
    assert "10 hari lagi" in page
    assert "Ditutup" not in page


def test_a_preview_does_not_date_an_update_that_is_not_out(client_as: ClientAs, connection: Any) -> None:
    listed = a_published_opportunity()
    version = editing.start_version(listed, actor=actor(connection, "pemda_editor"), now=clock.now())
    version.decided_at = clock.now()
    page = client_as("pemda_editor").get(f"/dasbor/peluang/{listed.id}/pratinjau").text
    assert "Diperbarui, versi 2" not in page


def test_only_what_came_after_the_first_publication_is_an_update(client: PageClient) -> None:
    """The first version was rejected, the second was the first to be published."""
    listed = a_published_opportunity()
    version = the_version(listed)
    version.number = 2
    assert "Diperbarui" not in client.get(f"/peluang/{listed.slug}").text
    version.decided_at = clock.now() + timedelta(days=1)
    assert "Diperbarui, versi 2" in client.get(f"/peluang/{listed.slug}").text
