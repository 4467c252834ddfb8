"""The form under a listing: the way in, what is refused, nothing lost."""

import gc
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import html
from sqlalchemy import func, select

from marketplace.collaborations.models import Collaboration
from marketplace.collaborations.rules import CollaborationStatus
from marketplace.core import clock
from marketplace.interests.models import Interest
from marketplace.interests.rules import InterestStatus
from marketplace.notifications.models import NoticeRow
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.rules import LifeStatus, Origin, VersionStatus
from tests.factories.interests import OFFER, an_interest
from tests.factories.opportunities import COMPLETE, a_published_opportunity, an_opportunity
from tests.support.clients import PageClient

S = InterestStatus
ClientAs = Callable[[str], PageClient]
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def path_of(opportunity: Opportunity, language: str = "") -> str:
    return f"{language}/peluang/{opportunity.slug}/minat"


def form_of(opportunity: Opportunity, **changes: Any) -> dict[str, Any]:
    values = {
        "version": str(opportunity.published_version_id),
        "roles": ["fund", "operate"],
        "offer": OFFER,
        "capacity": "Dua instalasi.",
        "ticket": "",
        "question": "",
        "kirim": "ya",
    }
    return {**values, **changes}


def the_interest(session: Any) -> Interest:
    found: Interest = session.execute(select(Interest)).scalar_one()
    return found


def test_a_visitor_signs_in_and_comes_back(client: PageClient) -> None:
    for language in ("", "/en"):
        path = path_of(a_published_opportunity(), language)
        answer = client.get(path)
        assert answer.status_code == 302
        target = urlsplit(answer.location)
        assert target.path == f"{language}/masuk"
        assert parse_qs(target.query)["next"] == [path]


@pytest.mark.parametrize("language", ["", "/en"])
def test_sends(session: Any, client_as: ClientAs, language: str) -> None:
    opportunity = a_published_opportunity()
    browser = client_as("investor")
    path = path_of(opportunity, language)
    answer = browser.submit(path, form_of(opportunity))
    interest = the_interest(session)
    assert answer.status_code == 302
    assert answer.location == f"{language}/dasbor/minat/{interest.id}"
    assert interest.status is S.SENT
    page = browser.get(answer.location).text
    assert ("Minat terkirim ke Pemerintah Kota Bitung." if not language else "Interest sent") in page


def test_says_that_it_binds_nobody_and_shows_the_listing(client_as: ClientAs) -> None:
    page = client_as("investor").get(path_of(a_published_opportunity())).text
    assert "tidak mengikat, dan ini bukan pengadaan" in page
    assert "SPAM Bitung, demonstrasi" in page
    assert "Kota Bitung, Sulawesi Utara" in page
    assert "Rp250 miliar" in page


def test_what_is_missing_is_said_at_each_field_and_kept(session: Any, client_as: ClientAs) -> None:
    opportunity = a_published_opportunity()
    answer = client_as("investor").submit(
        path_of(opportunity), form_of(opportunity, roles=[], offer="Pendek saja", capacity="")
    )
    assert answer.status_code == 422
    assert "Pilih sedikitnya satu peran." in answer.text
    assert "Tulis sedikitnya 40 huruf. Sekarang 11." in answer.text
    assert "Tulis kapasitas Anda di sini" in answer.text
    assert "Pendek saja" in answer.text
    assert session.scalar(select(func.count()).select_from(Interest)) == 0


@pytest.mark.parametrize(
    "text,amount,currency",
    [
        ("1,5 M", 1_500_000_000, "IDR"),
        ("Rp 549,0 miliar", 549_000_000_000, "IDR"),
        ("US$11 juta", 11_000_000, "USD"),
    ],
)
def test_money_as_people_write_it(
    session: Any, client_as: ClientAs, text: str, amount: int, currency: str
) -> None:
    opportunity = a_published_opportunity()
    client_as("investor").submit(path_of(opportunity), form_of(opportunity, ticket=text))
    interest = the_interest(session)
    assert (interest.ticket_amount, interest.ticket_currency) == (amount, currency)


def test_money_in_words_is_refused_kindly_and_the_rest_echoed(session: Any, client_as: ClientAs) -> None:
    opportunity = a_published_opportunity()
    browser = client_as("investor")
    words = browser.submit(path_of(opportunity), form_of(opportunity, ticket="dua ratus juta"))
    assert words.status_code == 422
    assert "Tulis jumlahnya dengan angka" in words.text
    assert OFFER in words.text
    echoed = browser.submit(path_of(opportunity), form_of(opportunity, ticket="1,5 M", offer="Pendek"))
    assert "Terbaca Rp1.500.000.000" in echoed.text
    bare = browser.submit(path_of(opportunity, "/en"), form_of(opportunity, ticket="1.5 M"))
    assert bare.status_code == 422


# The test client leaves its own copy of a large body to the collector.
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
def test_a_file_too_large_or_of_another_kind_keeps_the_text(session: Any, client_as: ClientAs) -> None:
    opportunity = a_published_opportunity()
    browser = client_as("investor")
    for content, name in ((PDF + b"0" * (20 * 1024 * 1024), "besar.pdf"), (b"<html><script>", "surat.pdf")):
        answer = browser.submit(
            path_of(opportunity), form_of(opportunity, attachment=(io.BytesIO(content), name))
        )
        assert answer.status_code == 422
        assert OFFER in answer.text
        assert "tt-error" in answer.text
    del answer, content
    gc.collect()
    assert session.scalar(select(func.count()).select_from(Interest)) == 0


def test_the_file_comes_along(session: Any, client_as: ClientAs) -> None:
    opportunity = a_published_opportunity()
    browser = client_as("investor")
    sent = form_of(opportunity, attachment=(io.BytesIO(PDF), "usulan.pdf"))
    assert browser.submit(path_of(opportunity), sent).status_code == 302
    link = f"/dasbor/minat/{the_interest(session).id}/lampiran"
    for name, status in (
        ("investor", 200),
        ("pemda_viewer", 200),
        ("startup", 404),
        ("other_approver", 404),
        ("moderator", 404),
    ):
        assert client_as(name).get(link).status_code == status
    file = client_as("pemda_editor").get(link)
    assert file.data == PDF
    assert file.headers["Content-Disposition"].startswith("attachment")


def test_pressed_again_leads_to_the_first(session: Any, client_as: ClientAs) -> None:
    opportunity = a_published_opportunity()
    interest = an_interest(opportunity)
    browser = client_as("investor_editor")
    for answer in (
        browser.get(path_of(opportunity)),
        browser.submit(path_of(opportunity), form_of(opportunity), on="/dasbor/akun"),
    ):
        assert answer.status_code == 302
        assert answer.location == f"/dasbor/minat/{interest.id}"
    assert "sudah menyatakan minat" in browser.get(answer.location).text
    assert session.scalar(select(func.count()).select_from(Interest)) == 1


def test_an_unverified_partner_loses_nothing(session: Any, client_as: ClientAs) -> None:
    opportunity = a_published_opportunity()
    browser = client_as("new_partner")
    assert "belum terverifikasi" in browser.get(path_of(opportunity)).text
    answer = browser.submit(path_of(opportunity), form_of(opportunity))
    interest = the_interest(session)
    assert (interest.status, interest.offer) == (S.DRAFT, OFFER)
    assert "dapat dikirim sesudah" in browser.get(answer.location).text
    assert OFFER in browser.get(path_of(opportunity)).text
    assert session.scalar(select(func.count()).select_from(NoticeRow)) == 0


def test_a_draft_may_miss_anything_and_a_second_tab_is_told(session: Any, client_as: ClientAs) -> None:
    opportunity = a_published_opportunity()
    browser = client_as("investor")
    keep = {"kirim": None, "simpan": "draf"}
    first = {key: value for key, value in form_of(opportunity, **keep, roles=[], offer="A").items() if value}
    assert browser.submit(path_of(opportunity), first).status_code == 302
    assert browser.submit(path_of(opportunity), {**first, "offer": "B", "seen": "1"}).status_code == 302
    stale = browser.submit(path_of(opportunity), {**first, "offer": "C", "seen": "1"})
    assert stale.status_code == 422
    assert "berubah di tab" in stale.text
    assert "C</textarea>" in stale.text
    assert the_interest(session).offer == "B"
    assert browser.submit(path_of(opportunity), {**first, "offer": "C", "seen": "2"}).status_code == 302
    assert the_interest(session).offer == "C"


@pytest.mark.parametrize(
    "name,status",
    [
        ("alone", 403),
        ("pemda_editor", 403),
        ("other_approver", 403),
        ("moderator", 403),
        ("programme_owner", 403),
        ("companion", 403),
        ("new_partner", 200),
        ("investor", 200),
        ("startup", 200),
    ],
)
def test_who_may_open_the_form(client_as: ClientAs, name: str, status: int) -> None:
    assert client_as(name).get(path_of(a_published_opportunity())).status_code == status


def test_nothing_to_be_interested_in(client_as: ClientAs) -> None:
    browser = client_as("investor")
    now = clock.now()
    hidden = an_opportunity(life_values={"slug": "draf-rahasia"})
    withdrawn = a_published_opportunity(life=LifeStatus.WITHDRAWN)
    example = a_published_opportunity(origin=Origin.PUBLIC_EXAMPLE)
    for opportunity in (hidden, withdrawn, example):
        assert browser.get(f"/peluang/x-{opportunity.tail}/minat").status_code == 404
    closed = a_published_opportunity(
        now=now - timedelta(days=100), closes_on=(now - timedelta(days=1)).date()
    )
    answer = browser.get(path_of(closed))
    assert answer.location == f"/peluang/{closed.slug}"


def test_wrong_words_with_the_right_tail(client_as: ClientAs) -> None:
    opportunity = a_published_opportunity()
    answer = client_as("investor").get(f"/peluang/kata-lain-{opportunity.tail}/minat")
    assert (answer.status_code, answer.location) == (301, path_of(opportunity))


def test_script_and_odd_characters_are_text(session: Any, client_as: ClientAs) -> None:
    opportunity = a_published_opportunity()
    nasty = "<script>alert(1)</script> \u202e\u200b terbalik " + "x" * 500
    browser = client_as("investor")
    answer = browser.submit(path_of(opportunity), form_of(opportunity, offer=nasty))
    assert answer.status_code == 302
    page = browser.get(answer.location).text
    assert "<script>alert" not in page
    assert "\u202e" not in page


def test_without_a_token_nothing_happens(session: Any, client_as: ClientAs) -> None:
    opportunity = a_published_opportunity()
    assert client_as("investor").post(path_of(opportunity), form_of(opportunity)).status_code == 400
    assert session.scalar(select(func.count()).select_from(Interest)) == 0


def test_each_must_have_has_a_line_of_its_own(session: Any, client_as: ClientAs) -> None:
    opportunity = a_published_opportunity(
        must_haves_id=["Izin usaha", "Pernah mengelola"], must_haves_en=["Permit", "Ran one"]
    )
    path, partner = path_of(opportunity), client_as("investor")
    assert "Permit" in partner.get(path_of(opportunity, "/en")).text
    fields = {"must_answers-0": "Ada, nomor 7.", "must_answers-1": "", "must_answers-7": "Ekstra."}
    long = partner.submit(path, form_of(opportunity, **{**fields, "must_answers-1": "x" * 301}))
    assert (long.status_code, "Ada, nomor 7." in long.text, "paling banyak 300 huruf" in long.text) == (
        422,
        True,
        True,
    )
    partner.submit(path, form_of(opportunity, kirim="", simpan="draf", **fields))
    assert the_interest(session).must_answers[:2] == ["Ada, nomor 7.", ""]
    # A new version turns the must-haves round: what was kept follows its words.
    later = OpportunityVersion(
        opportunity_id=opportunity.id, number=2, status=VersionStatus.PUBLISHED, created_at=clock.now(),
        edited_at=clock.now(), **{**COMPLETE, "must_haves_id": ["Pernah mengelola", "Izin usaha"]},
    )  # fmt: skip
    session.add(later)
    session.flush()
    opportunity.published_version_id = later.id
    page = html.fromstring(partner.get(path).text)
    assert page.xpath("//input[starts-with(@name, 'must_answers')]/@value") == ["", "Ada, nomor 7."]
    partner.submit(path, form_of(opportunity, **{"must_answers-0": "Dua.", "must_answers-1": "Ada."}))
    shown = client_as("pemda_viewer").get(f"/dasbor/minat/{the_interest(session).id}").text
    assert "<b>Pernah mengelola</b> Dua." in shown


def test_after_a_refused_match_there_is_a_way_back(session: Any, client_as: ClientAs) -> None:
    opportunity = a_published_opportunity()
    first = an_interest(opportunity, status=S.NOT_INTRODUCED)
    session.add(
        Collaboration(interest_id=first.id, status=CollaborationStatus.REFUSED, decided_at=clock.now())
    )
    own, path, partner = f"/dasbor/minat/{first.id}", path_of(opportunity), client_as("investor")
    assert f'href="{path}"' in partner.get(own).text
    assert "Anda dapat menyatakan minat lagi" in partner.get("/dasbor/minat").text
    assert f'href="{path}"' not in client_as("pemda_approver").get(own).text
    assert "tidak memperkenalkan minat Anda yang lalu" in partner.get(path).text
    assert own in partner.get(path).text
    assert partner.submit(path, form_of(opportunity)).status_code == 302
    page = partner.get(own)
    assert (page.status_code, f'href="{path}"' in page.text) == (200, False)
    assert "Anda dapat menyatakan minat lagi" not in partner.get("/dasbor/minat").text
