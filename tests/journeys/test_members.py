"""Inviting, joining, roles, removal, handing over, leaving; choosing for whom to act; losing the trust and getting it back."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from marketplace.accounts.models import User
from marketplace.changes import actions as changes
from marketplace.core.actor import MemberRole, OrganisationKind
from marketplace.core.text import confusable_key, slugify
from marketplace.extensions import db
from marketplace.opportunities.rules import DocumentAccess
from marketplace.organisations.models import Member, Organisation
from marketplace.organisations.rules import OrganisationStatus
from tests.architecture.access_world import PDF, _document
from tests.factories.opportunities import a_published_opportunity, an_organisation_id
from tests.journeys.conftest import fill_sign_in
from tests.journeys.steps import fill, follow, press, sees
from tests.personas import PEOPLE
from tests.support.sites import Site

PASSWORD = "empat kata yang panjang"
NOW = datetime.now(UTC)
R = MemberRole


def found(site: Site, name: str, kind: OrganisationKind, **members: MemberRole) -> int:
    """A verified organisation with these personas in it."""
    with site.writing():
        organisation = Organisation(
            kind=kind, name=name, name_key=confusable_key(name), slug=slugify(name), created_at=NOW, decided_at=NOW,
            status=OrganisationStatus.VERIFIED, contact_unit="Kemitraan", contact_email="k@example.com",
        )  # fmt: skip
        db.session.add(organisation)
        db.session.flush()
        number = organisation.id
        for persona, role in members.items():
            user_id = db.session.scalars(select(User.id).where(User.email == PEOPLE[persona].email)).one()
            db.session.add(Member(organisation_id=number, user_id=user_id, role=role, joined_at=NOW))
    return number


def told(page: Page, text: str) -> None:
    """What the toast says."""
    expect(page.get_by_role("status")).to_contain_text(text)


def path_of(number: int) -> str:
    return f"/dasbor/organisasi/{number}"


def test_a_stranger_is_invited_joins_rises_and_is_removed(
    site: Site, open_browser: Callable[..., Page]
) -> None:
    email, name = "magang@example.com", "Tutor Muara Uji"
    number = found(site, name, OrganisationKind.TUTOR, companion=R.OWNER)
    owner = open_browser("companion")
    owner.goto(path_of(number))
    follow(owner, "Undang dan atur anggota")
    fill(owner, email="bukan surel")
    press(owner, "Kirim undangan")
    sees(owner, "belum lengkap")
    fill(owner, email=email, language="en")
    press(owner, "Kirim undangan")
    sees(owner, email, "masih berlaku sampai")
    assert site.mails_to(email, containing="Invitation to join")

    link = site.link_in_mail_to(email, about="/undangan/")
    guest = open_browser(width=360)
    guest.goto(link)
    sees(guest, name, email)
    follow(guest, "Create the account")
    fill(guest, name="Mira Magang", email=email, password=PASSWORD)
    guest.get_by_role("checkbox", name=re.compile("I accept")).check()
    press(guest, "Create the account")
    guest.goto(site.link_in_mail_to(email, about="/konfirmasi/"))
    press(guest, "Confirm this address")
    fill_sign_in(guest, email, PASSWORD)
    guest.wait_for_url(re.compile("/undangan/"))
    press(guest, "Accept the invitation")
    sees(guest, name)
    assert site.mails_to(PEOPLE["companion"].email, containing="Mira Magang bergabung")
    guest.goto(link)
    sees(guest, "no longer valid")

    owner.goto(f"{path_of(number)}/anggota")
    owner.get_by_role("link", name="Atur Mira Magang").click()
    owner.get_by_role("radio", name=re.compile("^Penyetuju")).check()
    press(owner, "Simpan peran")
    guest.goto(f"/en{path_of(number)}/ubah")
    expect(guest.locator("main form")).to_be_visible()
    owner.get_by_role("link", name="Atur Mira Magang").click()
    press(owner, "Keluarkan Mira Magang")
    told(owner, "Ia bukan anggota lagi")
    assert guest.goto(f"/en{path_of(number)}/ubah").status == 404  # type: ignore[union-attr]
    assert guest.goto(f"/en{path_of(number)}").status == 404  # type: ignore[union-attr]


def test_the_last_owner_hands_over_before_leaving(site: Site, open_browser: Callable[..., Page]) -> None:
    name = "Tutor Hulu Uji"
    number = found(site, name, OrganisationKind.TUTOR, companion=R.OWNER, alone=R.EDITOR)
    owner = open_browser("companion")
    owner.goto(f"{path_of(number)}/keluar")
    press(owner, "Keluar dari organisasi")
    sees(owner, "Serahkan dahulu")
    owner.goto(f"{path_of(number)}/anggota")
    owner.get_by_role("link", name="Atur Tanpa Organisasi").click()
    press(owner, "Serahkan kepada Tanpa Organisasi")
    told(owner, "Anda sekarang penyetuju")
    expect(owner.get_by_role("button", name="Kirim undangan")).to_have_count(0)
    owner.goto(f"{path_of(number)}/keluar")
    press(owner, "Keluar dari organisasi")
    sees(owner, "Organisasi saya")
    assert site.mails_to(PEOPLE["alone"].email, containing="diserahkan")
    heir = open_browser("alone")
    heir.goto(f"{path_of(number)}/anggota")
    expect(heir.get_by_role("button", name="Kirim undangan")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 360])
def test_a_person_of_two_chooses_for_whom_to_act(
    site: Site, world: dict[str, Any], open_browser: Callable[..., Page], width: int
) -> None:
    # The startup has interests, whose rows stand under the header.
    assert world["own_draft"]
    name = f"Tutor Dua {width} Uji"
    found(site, name, OrganisationKind.TUTOR, startup=R.EDITOR)
    page = open_browser("startup", width=width)
    page.goto("/dasbor")
    sees(page, "PT Rintisan Uji")
    menu = page.locator("header details.tt-person summary, header details.tt-phone-menu summary")
    menu.locator("visible=true").first.click()
    with page.expect_navigation():
        page.get_by_role("button", name=name).locator("visible=true").click()
    expect(page.get_by_role("main")).to_contain_text(name)
    expect(page.get_by_role("main")).not_to_contain_text("PT Rintisan Uji")
    page.goto("/mitra")
    menu.locator("visible=true").first.click()
    expect(page.locator("header .tt-menu-who").locator("visible=true").first).to_contain_text(name)


def test_a_suspended_government_and_its_return(site: Site, open_browser: Callable[..., Page]) -> None:
    with site.writing():
        listing = a_published_opportunity("madiun", title_id="Terminal Uji Tangguh")
        path, number = f"/peluang/{listing.slug}", an_organisation_id("madiun")
        changes.record("opportunity", listing.id)
    moderator, visitor, pemda = open_browser("moderator"), open_browser(), open_browser("other_approver")
    moderator.goto(f"/moderasi/organisasi/{number}")
    press(moderator, "Tangguhkan")
    sees(moderator, "Pilih alasannya")
    moderator.locator("select[name=reason]").select_option("suspended.complaint")
    press(moderator, "Tangguhkan")
    try:
        visitor.goto(path)
        sees(visitor, "Sedang tidak menerima minat")
        expect(visitor.get_by_role("link", name="Nyatakan minat")).to_have_count(0)
        partner = open_browser("investor", width=360)
        partner.goto(f"{path}/minat")
        expect(partner).to_have_url(re.compile(f"{path}$"))
        pemda.goto(path_of(number))
        sees(pemda, "Ditangguhkan")
    finally:
        moderator.goto(f"/moderasi/organisasi/{number}")
        press(moderator, "Pulihkan")
    visitor.goto(path)
    expect(visitor.get_by_role("link", name="Nyatakan minat").first).to_be_visible()


def test_documents_that_end_and_are_renewed(site: Site, open_browser: Callable[..., Page]) -> None:
    name = "PT Rintisan Uji"
    with site.writing():
        number = an_organisation_id("startup")
        file = f"/peluang/dokumen/{_document(a_published_opportunity(), DocumentAccess.VERIFIED_PARTNERS)}"
    partner, moderator, visitor = open_browser("startup"), open_browser("moderator"), open_browser()
    assert partner.request.get(file).status == 200
    _end(site, number, days=-1)
    assert partner.request.get(file).status == 403
    visitor.goto("/mitra")
    expect(visitor.get_by_role("main")).not_to_contain_text(name)
    partner.goto(path_of(number))
    sees(partner, "Verifikasi kedaluwarsa")

    yesterday, later = (NOW - timedelta(days=1)).date(), (NOW + timedelta(days=300)).date()
    _upload(partner, expires_on=yesterday.isoformat())
    sees(partner, "Tanggal ini sudah lewat")
    _upload(partner, expires_on=later.isoformat())
    press(partner, "Minta diperiksa ulang")
    sees(partner, "Pemeriksaan ulang diminta")

    moderator.goto("/moderasi?jenis=organisation")
    follow(moderator, re.compile(f"^Putuskan .*{name}"))
    press(moderator, "Tolak pembaruan")
    sees(moderator, "Pilih alasannya")
    press(moderator, "Perbarui verifikasi")
    sees(moderator, "Terverifikasi")
    assert site.mails_to(PEOPLE["startup"].email, containing=f"Verifikasi {name} diperbarui")
    assert partner.request.get(file).status == 200
    partner.goto(path_of(number))
    sees(partner, "Verifikasi berlaku sampai")
    _end(site, number, days=None)


def _end(site: Site, number: int, *, days: int | None) -> None:
    with site.writing():
        organisation = db.session.get_one(Organisation, number)
        organisation.valid_until = None if days is None else (NOW + timedelta(days=days)).date()


def _upload(page: Page, **values: Any) -> None:
    fill(page, title="NIB", **values)
    file: Any = {"name": "nib.pdf", "mimeType": "application/pdf", "buffer": PDF}
    page.locator("input[name=proof]").set_input_files(file)
    press(page, "Unggah bukti")
