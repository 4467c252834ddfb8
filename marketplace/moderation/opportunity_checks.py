"""What the panel "Diperiksa otomatis" says about a version, in words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _

from marketplace.opportunities.checks import (
    Finding,
    Found,
    inconsistencies,
    material_changes,
    private_contacts,
    unproven,
)
from marketplace.opportunities.completeness import Completeness
from marketplace.opportunities.content import content_of
from marketplace.opportunities.labels import FIELD, FLAG, material_text
from marketplace.opportunities.models import OpportunityVersion
from marketplace.opportunities.queries import has_documents, list_doubles
from marketplace.regions.queries import gazetteer


@dataclass(frozen=True, slots=True)
class Check:
    """One line: `state` is yes (nothing to do) or warn (have a look)."""

    state: str
    title: str
    text: str


def automatic_checks(
    version: OpportunityVersion, before: Mapping[str, Any] | None, found: Completeness
) -> list[Check]:
    """All lines of the panel; `before` is the published content, where there is one."""
    content = content_of(version)
    own = [*private_contacts(content), *inconsistencies(content)]
    own += unproven(content, has_documents=has_documents(version.id))
    seen = [*own, *material_changes(before, content)]
    if not private_contacts(content):
        contacts = [
            Check("yes", _("Tanpa kontak pribadi"), _("Tidak ada yang mirip nomor telepon atau surel."))
        ]
    else:
        contacts = []
    return [_completeness(found), _doubles(version), *contacts, *(_justified(each, version) for each in seen)]


def _completeness(found: Completeness) -> Check:
    title = _("Kelengkapan %(n)s%%", n=found.percent)
    if found.ready:
        return Check("yes", title, _("Semua isian wajib terisi."))
    names = ", ".join(str(FIELD[gap.field]) for gap in found.gaps)
    return Check("warn", title, _("Belum beres: %(names)s.", names=names))


def _doubles(version: OpportunityVersion) -> Check:
    place = gazetteer().by_code[version.opportunity.region_code].display
    doubles = list_doubles(version.opportunity, version)
    if not doubles:
        return Check("yes", _("Tidak ganda"), _("Tak ada peluang serupa di %(place)s.", place=place))
    return Check(
        "warn",
        _("Mungkin ganda"),
        _("Sektor yang sama di %(place)s: %(titles)s.", place=place, titles="; ".join(doubles)),
    )


def _justified(found: Found, version: OpportunityVersion) -> Check:
    """The finding, with what its writer says about it."""
    check, words = _found(found), version.justified.get(found.finding)
    if not words:
        return check
    return replace(check, text=_("%(temuan)s Penjelasan daerah: %(kata)s", temuan=check.text, kata=words))


def _found(found: Found) -> Check:
    name = str(FIELD[found.field])
    title, text = {
        Finding.PHONE: (_("Mirip nomor telepon"), _("Di “%(name)s”.", name=name)),
        Finding.EMAIL: (_("Mirip alamat surel"), _("Di “%(name)s”.", name=name)),
        Finding.SOUGHT_ABOVE_VALUE: (
            _("Dana melebihi nilai"),
            _("Dana yang dicari lebih besar daripada nilai investasi."),
        ),
        Finding.FIGURES_UNSOURCED: (
            _("Angka tanpa sumber"),
            _("“%(name)s” diisi, tetapi sumber angkanya kosong.", name=name),
        ),
        Finding.RATE_MISSING: (
            _("Tanpa kurs"),
            _("Nilainya bukan rupiah dan kursnya kosong, jadi tidak ikut diurutkan."),
        ),
        Finding.READINESS_UNPROVEN: FLAG[Finding.READINESS_UNPROVEN],
        Finding.PUBLIC_FUNDS_ONLY: FLAG[Finding.PUBLIC_FUNDS_ONLY],
        Finding.VALUE_CHANGED: (_("Perubahan material"), material_text(found)),
        Finding.SCHEME_CHANGED: (_("Perubahan material"), material_text(found)),
        Finding.DEADLINE_SHORTENED: (_("Perubahan material"), material_text(found)),
    }[found.finding]
    return Check("warn", str(title), str(text))
