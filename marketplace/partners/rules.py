"""What kinds of partner there are, and what a profile may say."""

from enum import StrEnum


class PartnerKind(StrEnum):
    INVESTOR = "investor"
    FOREIGN_INVESTOR = "foreign_investor"
    FINTECH = "fintech"
    STARTUP = "startup"
    MARKETPLACE = "marketplace"
    BUMN = "bumn"
    BUMD = "bumd"
    OPERATOR = "operator"
    UNIVERSITY = "university"


class LegalForm(StrEnum):
    """Forms offered at registration; the list is of practice, not of one law."""

    PT = "pt"
    PT_PERORANGAN = "pt_perorangan"
    CV = "cv"
    KOPERASI = "koperasi"
    BUMN = "bumn"
    BUMD = "bumd"
    YAYASAN = "yayasan"
    UNIVERSITY = "university"
    FOREIGN_COMPANY = "foreign_company"
