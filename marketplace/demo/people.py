"""The invented people and organisations of the demonstration; every name of a company says so."""

from dataclasses import dataclass

from marketplace.core.actor import MemberRole, OrganisationKind, StaffRole
from marketplace.partners.rules import Capability, LegalForm, PartnerKind

R, K, P, C = MemberRole, OrganisationKind, PartnerKind, Capability
BILLION = 1_000_000_000


@dataclass(frozen=True)
class DemoPartner:
    """What an invented partner says of itself; tickets in rupiah."""

    kind: PartnerKind
    form: LegalForm
    country: str
    sectors: tuple[str, ...]
    regions: tuple[str, ...]
    schemes: tuple[str, ...]
    ticket: tuple[int | None, int | None]
    about_id: str
    about_en: str
    # What, where, when, in which sector.
    record: tuple[tuple[str, str, int, str], ...] = ()
    can: tuple[Capability, ...] = ()
    # Rupiah for one dollar, where the ticket was written in dollars.
    usd_rate: int | None = None


@dataclass(frozen=True)
class DemoOrganisation:
    key: str
    kind: OrganisationKind
    name: str
    region_code: str | None = None
    verified: bool = True
    partner: DemoPartner | None = None
    # Days until its documents end.
    ends_in: int | None = None


@dataclass(frozen=True)
class DemoPerson:
    """`persona` is the name in demo-accounts.json."""

    persona: str
    email: str
    name: str
    organisation: str | None = None
    role: MemberRole | None = None
    staff: StaffRole | None = None
    language: str = "id"
    also: tuple[tuple[str, MemberRole], ...] = ()


# Asked to join and has not answered yet.
INVITED = ("bitung", "calon.anggota@example.com", MemberRole.EDITOR)


PEMDA = (
    ("bitung", "Pemerintah Kota Bitung", "71.72"),
    ("madiun", "Pemerintah Kabupaten Madiun", "35.19"),
    ("bandung", "Pemerintah Kota Bandung", "32.73"),
    ("balikpapan", "Pemerintah Kota Balikpapan", "64.71"),
    ("penajam", "Pemerintah Kabupaten Penajam Paser Utara", "64.09"),
    ("kukar", "Pemerintah Kabupaten Kutai Kartanegara", "64.02"),
    ("lombok-tengah", "Pemerintah Kabupaten Lombok Tengah", "52.02"),
    ("denpasar", "Pemerintah Kota Denpasar", "51.71"),
    ("bali", "Pemerintah Provinsi Bali", "51"),
    ("jayapura", "Pemerintah Kota Jayapura", "91.71"),
    ("semarang", "Pemerintah Kota Semarang", "33.74"),
    ("medan", "Pemerintah Kota Medan", "12.71"),
    ("manggarai-barat", "Pemerintah Kabupaten Manggarai Barat", "53.15"),
    ("makassar", "Pemerintah Kota Makassar", "73.71"),
)

PARTNERS = (
    DemoOrganisation(
        "tirta", K.PARTNER, "PT Tirta Nusa Cipta (demonstrasi)",
        partner=DemoPartner(
            P.INVESTOR, LegalForm.PT, "ID", ("water-supply", "waste", "wastewater"), ("71", "64", "33"), ("kpbu", "swasta"),
            (50 * BILLION, 500 * BILLION),
            "Investor dan operator air minum. Perusahaan rekaan untuk peragaan.",
            "Investor and operator in drinking water. Invented for the demonstration.",
            (("Instalasi 250 liter per detik (rekaan)", "Jawa Tengah", 2021, "water-supply"),), can=(C.FUND, C.OPERATE),
        ),
    ),
    DemoOrganisation(
        "banua", K.PARTNER, "Banua Infrastructure Pte. Ltd. (demonstration)",
        partner=DemoPartner(
            P.FOREIGN_INVESTOR, LegalForm.FOREIGN_COMPANY, "SG", ("waste", "waste-to-energy", "smart-traffic"),
            ("51", "64", "31"), ("kpbu", "swasta"), (200 * BILLION, 2_000 * BILLION),
            "Dana infrastruktur luar negeri. Perusahaan rekaan untuk peragaan.",
            "Foreign infrastructure fund. Invented for the demonstration.", can=(C.FUND,), usd_rate=16_000,
        ),
    ),
    DemoOrganisation(
        "lancar", K.PARTNER, "PT Lancar Bayar Digital (demonstrasi)",
        partner=DemoPartner(
            P.FINTECH, LegalForm.PT, "ID", ("fintech-payments", "integrated-ticketing", "market", "tourism-ticketing"),
            ("71", "52", "51", "32"), ("ksdpk",), (None, 25 * BILLION),
            "Pembayaran dan tiket untuk layanan publik. Perusahaan rekaan untuk peragaan.",
            "Payments and ticketing for public services. Invented for the demonstration.",
            (("Retribusi nontunai 12 pasar (rekaan)", "Jawa Barat", 2024, "market"),), can=(C.PLATFORM, C.OPERATE),
        ),
    ),
    DemoOrganisation(
        "simpang", K.PARTNER, "PT Simpang Pintar Rintisan (demonstrasi)",
        partner=DemoPartner(
            P.STARTUP, LegalForm.PT, "ID", ("smart-traffic", "public-transport", "health", "digital-services"),
            ("32", "12", "73"), ("ksdpk", "kpbu"), (None, 10 * BILLION),
            "Perusahaan rintisan kendali lalu lintas. Rekaan untuk peragaan.",
            "Startup for traffic control. Invented for the demonstration.", can=(C.BUILD, C.PLATFORM),
        ),
    ),
    DemoOrganisation(
        "lapak", K.PARTNER, "PT Lapak Bersama Nusantara (demonstrasi)", ends_in=25,
        partner=DemoPartner(
            P.MARKETPLACE, LegalForm.PT, "ID", ("market", "msme", "fisheries"), ("51", "53", "32"), ("ksdpk", "tjsl"),
            (None, 15 * BILLION), "Lokapasar hasil bumi dan UMKM. Rekaan untuk peragaan.",
            "Marketplace for farm produce and small business. Invented for the demonstration.",
        ),
    ),
    DemoOrganisation(
        "terang", K.PARTNER, "PT Terang Jalan Raya (demonstrasi)",
        partner=DemoPartner(
            P.OPERATOR, LegalForm.PT, "ID", ("street-lighting", "energy-efficiency"), ("35", "52", "12"), ("kpbu",),
            (20 * BILLION, 200 * BILLION), "Operator penerangan jalan. Rekaan untuk peragaan.",
            "Street-lighting operator. Invented for the demonstration.",
        ),
    ),
    DemoOrganisation(
        "kampus", K.PARTNER, "Universitas Bahari Timur (demonstrasi)",
        partner=DemoPartner(
            P.UNIVERSITY, LegalForm.UNIVERSITY, "ID", ("health", "fisheries"), ("91", "71", "53"), ("hibah", "ksdpk"),
            (None, None), "Perguruan tinggi rekaan untuk peragaan.", "University invented for the demonstration.",
        ),
    ),
    DemoOrganisation(
        "gedung", K.PARTNER, "PT Gedung Layanan Prima (demonstrasi)", verified=False,
        partner=DemoPartner(
            P.OPERATOR, LegalForm.PT, "ID", ("public-service-mall",), ("91", "32"), ("bgs",), (10 * BILLION, 150 * BILLION),
            "Pengelola gedung layanan. Rekaan untuk peragaan.", "Manager of service buildings. Invented for the demonstration.",
        ),
    ),
)  # fmt: skip

ORGANISATIONS = (
    *(DemoOrganisation(key, K.PEMDA, name, code) for key, name, code in PEMDA),
    DemoOrganisation("tomohon", K.PEMDA, "Pemerintah Kota Tomohon", "71.73", verified=False),
    DemoOrganisation("pendamping", K.MINISTRY, "Kementerian pendamping (demonstrasi)"),
    DemoOrganisation("klinik", K.TUTOR, "Klinik Kota Cerdas Nusantara (demonstrasi)"),
    *PARTNERS,
)

PEOPLE = (
    DemoPerson("moderator", "moderator@example.com", "Maya Lestari", staff=StaffRole.MODERATOR),
    DemoPerson("moderator_b", "moderator.b@example.com", "Adi Nugroho", staff=StaffRole.MODERATOR),
    DemoPerson("programme_owner", "program@example.com", "Ratna Dewi", staff=StaffRole.PROGRAMME_OWNER),
    DemoPerson("companion", "pendamping@example.com", "Bima Sakti", "pendamping", R.EDITOR),
    DemoPerson("tutor", "klinik@example.com", "Ayu Paramita", "klinik", R.OWNER),
    DemoPerson("pemda_approver", "bitung.kadis@example.com", "Sari Tumbel", "bitung", R.OWNER),
    DemoPerson("pemda_editor", "bitung.staf@example.com", "Joko Rumondor", "bitung", R.EDITOR),
    DemoPerson("pemda_stand_in", "bitung.kabid@example.com", "Nova Mandagi", "bitung", R.EDITOR),
    DemoPerson("pemda_approver_b", "madiun.kadis@example.com", "Hadi Wijaya", "madiun", R.OWNER),
    DemoPerson("pemda_editor_b", "madiun.staf@example.com", "Endah Pratiwi", "madiun", R.EDITOR),
    *(
        DemoPerson(
            f"pemda_{key}",
            f"{key}@example.com",
            f"Narahubung {name.removeprefix('Pemerintah ')}",
            key,
            R.OWNER,
        )
        for key, name, _code in PEMDA[2:]
    ),
    DemoPerson("pemda_unverified", "tomohon@example.com", "Rini Wowor", "tomohon", R.OWNER),
    DemoPerson("investor", "investor@example.com", "Rani Wulandari", "tirta", R.OWNER),
    DemoPerson(
        "foreign_investor", "foreign.investor@example.com", "Grace Tan", "banua", R.OWNER, language="en"
    ),
    DemoPerson("fintech", "fintech@example.com", "Bagus Prakoso", "lancar", R.OWNER),
    DemoPerson("startup", "startup@example.com", "Dimas Aji", "simpang", R.OWNER),
    DemoPerson("marketplace", "lokapasar@example.com", "Nia Kartika", "lapak", R.OWNER),
    DemoPerson("operator", "operator@example.com", "Yusuf Hamdani", "terang", R.OWNER),
    DemoPerson(
        "university", "kampus@example.com", "Meilan Rumbiak", "kampus", R.OWNER, also=(("terang", R.EDITOR),)
    ),
    DemoPerson("partner_unverified", "gedung@example.com", "Putri Ayu", "gedung", R.OWNER),
)
