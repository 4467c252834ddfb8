"""LAIP's decision on one page."""

from collections.abc import Callable
from typing import Any

import pytest

from marketplace.core import clock
from marketplace.moderation.queue_queries import list_queue
from marketplace.moderation.rules import QueueKind, Why
from marketplace.opportunities import editing, publishing, queries
from marketplace.opportunities.rules import LifeStatus, VersionStatus
from tests import personas
from tests.factories.opportunities import a_published_opportunity, an_opportunity, the_version
from tests.support.clients import PageClient

ClientAs = Callable[[str], PageClient]
V = VersionStatus


def path_of(opportunity: Any) -> str:
    return f"/moderasi/peluang/{the_version(opportunity).id}"


def decide(client: PageClient, opportunity: Any, verb: str, **fields: Any) -> Any:
    seen = str(the_version(opportunity).revision)
    return client.submit(path_of(opportunity), {"seen": seen, "langkah": verb, **fields})


def test_a_moderator_reads_fields_checks_and_history(client_as: ClientAs) -> None:
    waiting = an_opportunity(review=V.SUBMITTED, sought_id="Badan usaha. Hubungi 0812-3456-7890.")
    page = client_as("moderator").get(path_of(waiting))
    assert page.status_code == 200
    for words in (
        "Diperiksa otomatis",
        "Mirip nomor telepon",
        "Tidak ganda",
        "Semua isian wajib terisi",
        "Terbitkan",
    ):
        assert words in page.text
    assert 'name="tanda-sought"' in page.text
    assert 'name="catatan-sought"' in page.text
    assert client_as("moderator").get(f"/en{path_of(waiting)}").status_code == 200


def test_a_moderator_reads_why_what_looks_odd_is_right(client_as: ClientAs) -> None:
    waiting = an_opportunity(
        review=V.SUBMITTED, sought_amount=300_000_000_000,
        justified={"sought_above_value": "Termasuk modal kerja <dua> tahun."},
    )  # fmt: skip
    page = client_as("moderator").get(path_of(waiting)).text
    assert "Dana melebihi nilai" in page
    assert "Penjelasan daerah: Termasuk modal kerja &lt;dua&gt; tahun." in page
    assert "Kajian tidak dilampirkan" in page


def test_publishing_puts_it_up(client_as: ClientAs) -> None:
    waiting = an_opportunity(review=V.SUBMITTED)
    moderator = client_as("moderator")
    answer = decide(moderator, waiting, "terbitkan")
    assert answer.status_code == 302
    assert waiting.status is LifeStatus.PUBLISHED
    after = moderator.get(path_of(waiting)).text
    assert "Diterbitkan" in after
    assert 'name="langkah"' not in after
    assert moderator.get(f"/peluang/{waiting.slug}").status_code == 200


def test_returning_keeps_marks_and_reason(client_as: ClientAs) -> None:
    waiting = an_opportunity(review=V.SUBMITTED)
    answer = decide(
        client_as("moderator"), waiting, "kembalikan", reason="kembalikan:figures_unsourced", words="Lihat catatan.",
        **{
            "tanda-value_amount": "ya", "catatan-value_amount": "Lampirkan sumbernya.",
            "tanda-title": "tidak", "catatan-title": "abaikan",
        },
    )  # fmt: skip
    assert answer.status_code == 302
    version = the_version(waiting)
    assert version.status is V.RETURNED
    assert queries.list_marks(version.id) == {"value_amount": "Lampirkan sumbernya."}
    editor = client_as("pemda_editor")
    workspace = editor.get(f"/dasbor/peluang/{waiting.id}").text
    assert "Lampirkan sumbernya." in workspace
    assert "Angka tanpa sumber" in workspace
    assert "Lihat catatan." in workspace
    assert "Lampirkan sumbernya." in editor.get(f"/dasbor/peluang/{waiting.id}/sunting").text


@pytest.mark.parametrize(
    "verb, fields, sentence",
    [
        ("terbitkan", {"tanda-title": "ya", "catatan-title": "x"}, "Masih ada bagian yang ditandai"),
        ("", {}, "Pilih alasannya"),
        ("kembalikan", {"words": "x"}, "Pilih alasannya"),
        ("kembalikan", {"reason": "tolak:duplicate", "words": "x"}, "Pilih alasannya"),
        ("tolak", {"reason": "kembalikan:incomplete"}, "Pilih alasannya"),
        ("tolak", {}, "Pilih alasannya"),
        ("kembalikan", {"reason": "kembalikan:incomplete"}, "Tandai sedikitnya satu bagian"),
        (
            "kembalikan",
            {"reason": "kembalikan:incomplete", "tanda-title": "ya"},
            "Tulis apa yang perlu diperbaiki",
        ),
    ],
)
def test_a_decision_without_its_reason_keeps_what_was_written(
    verb: str, fields: dict[str, str], sentence: str, client_as: ClientAs
) -> None:
    waiting = an_opportunity(review=V.SUBMITTED)
    typed = {"tanda-problem": "ya", "catatan-problem": "Kalimat moderator."} if "Pilih" in sentence else {}
    answer = decide(client_as("moderator"), waiting, verb, **fields, **typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    if typed:
        assert "Kalimat moderator." in answer.text
    assert the_version(waiting).status is V.SUBMITTED


def test_a_changed_version_shows_what_is_gone_and_what_is_new(client_as: ClientAs, connection: Any) -> None:
    editor = personas.actor(connection, "pemda_editor")
    listed = a_published_opportunity()
    version = editing.start_version(listed, actor=editor, now=clock.now())
    content = {"title_id": "SPAM Bitung tahap dua", "value_amount": 275_000_000_000}
    editing.save_draft(version, content=content, seen=version.revision, actor=editor, now=clock.now())
    publishing.send_to_approver(version, seen=version.revision, actor=editor, now=clock.now())
    approver = personas.actor(connection, "pemda_approver")
    publishing.submit_version(version, seen=version.revision, actor=approver, now=clock.now())
    page = client_as("moderator").get(path_of(listed)).text
    assert "<del>Rp250.000.000.000</del> <ins>Rp275.000.000.000</ins>" in page
    assert "Nilai naik 10%." in page
    assert "Versi lama tetap tampil" in page


def test_the_loser_reads_who_decided(client_as: ClientAs) -> None:
    waiting = an_opportunity(review=V.SUBMITTED)
    first, second = client_as("moderator"), client_as("moderator_b")
    page = second.get(path_of(waiting)).text
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    seen = str(the_version(waiting).revision)
    assert decide(first, waiting, "terbitkan").status_code == 302
    answer = second.post(
        path_of(waiting), {"csrf_token": token, "seen": seen, "langkah": "tolak", "reason": "tolak:other"}
    )
    assert answer.status_code == 409
    assert "Sudah diputuskan Maya Lestari" in answer.text
    assert waiting.status is LifeStatus.PUBLISHED


@pytest.mark.parametrize(
    "persona, status",
    [
        ("pemda_owner", 404),
        ("other_approver", 404),
        ("investor", 404),
        ("companion", 404),
        ("alone", 404),
        ("programme_owner", 403),
        (None, 302),
    ],
)
def test_the_page_is_for_moderators_only(
    persona: str | None, status: int, client: PageClient, client_as: ClientAs
) -> None:
    waiting = an_opportunity(review=V.SUBMITTED)
    reader = client_as(persona) if persona else client
    assert reader.get(path_of(waiting)).status_code == status


@pytest.mark.parametrize("review", [V.DRAFT, V.IN_APPROVAL])
def test_what_was_not_submitted_does_not_exist_for_laip(review: VersionStatus, client_as: ClientAs) -> None:
    draft = an_opportunity(review=review)
    moderator = client_as("moderator")
    assert moderator.get(path_of(draft)).status_code == 404
    assert moderator.get(f"/dasbor/peluang/{draft.id}/pratinjau").status_code == 404


def test_a_moderator_previews_what_was_submitted_and_no_more(client_as: ClientAs) -> None:
    waiting = an_opportunity(review=V.SUBMITTED)
    moderator = client_as("moderator")
    assert moderator.get(f"/dasbor/peluang/{waiting.id}/pratinjau").status_code == 200
    assert moderator.get(f"/dasbor/peluang/{waiting.id}").status_code == 404


def test_an_unknown_number_is_404_and_a_get_decides_nothing(client_as: ClientAs) -> None:
    waiting = an_opportunity(review=V.SUBMITTED)
    moderator = client_as("moderator")
    assert moderator.get("/moderasi/peluang/999999999").status_code == 404
    moderator.get(f"{path_of(waiting)}?langkah=terbitkan")
    assert the_version(waiting).status is V.SUBMITTED


def test_the_queue_shows_the_longest_waiting_first(session: Any) -> None:
    now = clock.now()
    late, early = (
        an_opportunity(review=V.SUBMITTED, title_id="Baru"),
        an_opportunity("madiun", review=V.SUBMITTED, title_id="Lama"),
    )
    the_version(early).submitted_at = now.replace(year=now.year - 1)
    an_opportunity()
    gone = a_published_opportunity(life=LifeStatus.WITHDRAWN)
    the_version(gone).status = V.SUBMITTED
    session.flush()
    waiting = list_queue(now, kind=QueueKind.OPPORTUNITY, limit=10)
    assert [item.title_id for item in waiting] == ["Lama", "Baru"]
    assert [item.id for item in waiting] == [the_version(early).id, the_version(late).id]
    assert waiting[0].why is Why.FIRST_TIME


def test_the_page_costs_the_same_with_a_long_history(client_as: ClientAs, count_queries: Any) -> None:
    waiting = an_opportunity(review=V.SUBMITTED)
    moderator = client_as("moderator")
    moderator.get(path_of(waiting))
    with count_queries() as one:
        moderator.get(path_of(waiting))
    for _number in range(10):
        an_opportunity(review=V.SUBMITTED)
    with count_queries() as many:
        moderator.get(path_of(waiting))
    assert one.number == many.number <= 16
