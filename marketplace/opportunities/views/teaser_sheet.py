"""What a listing's teaser says: the words and figures of its public page, as `typesetting` lays them out."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from marketplace.opportunities.labels import WORKING_LANGUAGE
from marketplace.opportunities.typesetting import drawable
from marketplace.partners.labels import CAPABILITY, MUST
from marketplace.web.formats import (
    angka,
    jam,
    money_full,
    money_short,
    paragraphs,
    persen,
    tanggal,
    waktu,
)  # fmt: skip
from marketplace.web.language import get_language

Values = Mapping[str, Any]
Line = dict[str, Any]
_DOCUMENTS_AT_MOST = 5


def sheet_of(values: Values, url: str, *, takes_interest: bool) -> dict[str, Any]:
    """The sheet of a listing, from the values of its page as a visitor reads it; its QR code is drawn when it is laid out."""
    version, opportunity = values["v"], values["o"]
    terms, language = values["terms"], get_language()
    lead = version.summary_id if values["is_example"] else _own(version, "summary", language)
    return {
        "language": language,
        "made_at": int((opportunity.updated_at or opportunity.created_at).timestamp()),
        "title": drawable(values["title"]),
        "title_language": values["title_lang"],
        "author": "Titik Temu",
        "description": drawable(lead)[:200],
        "banner": _("Ringkasan peluang"),
        "kind": _joined(terms.dimension_title(version.dimension_code), terms.sector_name(version.sector_code, language)),
        "place": values["place"].display
        if values["place"].is_province
        else f"{values['place'].display}, {values['province'].short_name}",
        "tags": _tags(values),
        "lead": None if values["is_example"] or not lead else _prose(version, "summary"),
        "facts": [{key: drawable(str(text or "")) for key, text in fact.items()} for fact in _facts(values)],
        "about": _group(_("Tentang contoh ini"), _example(values))
        if values["is_example"]
        else _group(_("Tentang peluang ini"), _about(version)),
        "parts": [part for part in _parts(values) if part["lines"]],
        **_frame(values, url, takes_interest=takes_interest),
    }  # fmt: skip


def _frame(values: Values, url: str, *, takes_interest: bool) -> dict[str, Any]:
    """What leads back to the page, and what every teaser says."""
    offers = values["offerer"].name or values["place"].display
    advice = [_("Pindai untuk membaca halaman lengkapnya, dengan dokumen dan keadaan terbarunya.")]
    if takes_interest:
        advice.append(
            _("%(pemda)s menjawab lewat Titik Temu. Anda dapat menarik minat sebelum diterima.", pemda=offers)
        )
    return {
        "invitation": _("Tertarik menjadi mitra?") if takes_interest else _("Baca selengkapnya"),
        "advice": [drawable(words) for words in advice],
        "notes": [drawable(words) for words in _notes(values)],
        "more": _("Selengkapnya di halaman peluang"),
        "pages": [_("Halaman %(n)s dari %(semua)s", n=number, semua=2) for number in (1, 2)],
        "url": url,
        "shown_url": url.partition("://")[2],
        "qr_text": _("Kode QR yang membuka %(alamat)s", alamat=url),
    }  # fmt: skip


def _tags(values: Values) -> list[str]:
    tags = [_("Contoh publik") if values["is_example"] else str(values["standing_label"].text)]
    return tags + ([_("Demonstrasi")] if values["o"].demo else [])


def _facts(values: Values) -> Iterable[dict[str, Any]]:
    """The strip of key facts, as under the title of the page."""
    version, opportunity, is_example = values["v"], values["o"], values["is_example"]
    amount, rung, closes_at = version.value_amount, values["rung"], values["closes_at"]
    noted = version.price_year and _("harga tahun %(tahun)s", tahun=version.price_year)
    if is_example and opportunity.example_year and amount:
        noted = _("menurut sumber tahun %(tahun)s", tahun=opportunity.example_year)
    yield _fact(_("Nilai investasi"), amount and money_short(amount, version.value_currency), noted)
    yield _fact(_("Skema"), values["terms"].scheme_names(version.scheme_codes, get_language()))
    yield _fact(_("Kesiapan"), values["rung_word"], rung and _("%(n)s dari 6", n=rung))
    if is_example:
        yield _fact(_("Sumber"), opportunity.example_source_name, opportunity.example_year)
        return
    yield _fact(_("Mencari"), ", ".join(values["partner_words"]))
    deadline = version.interest_deadline
    yield _fact(
        _("Tenggat minat"), deadline and tanggal(deadline), closes_at and jam(closes_at, values["zone"])
    )


def _fact(label: str, value: Any, note: Any = "") -> dict[str, Any]:
    return {"label": label, "value": value or _unknown(), "note": note}


def _about(version: Any) -> list[Line]:
    lines = [
        _line(_("Masalah"), _prose(version, "problem")),
        _line(_("Yang dicari"), _prose(version, "sought")),
        _line(_("Hasil yang diharapkan"), _prose(version, "expected_result")),
        _line(_("Siapa yang dilayani"), _prose(version, "users_served")),
        _line(_("Yang sudah ada"), _prose(version, "existing")),
    ]
    return lines + ([_line(_("Mengapa sekarang"), _prose(version, "why_now"))] if version.why_now_id else [])


def _example(values: Values) -> list[Line]:
    version, opportunity = values["v"], values["o"]
    lines = [_line(_("Isi"), _prose(version, "summary"))]
    if opportunity.example_note:
        lines.append(_line(_("Catatan sumber"), _words([opportunity.example_note], "id")))
    return [
        *lines,
        _line(_("Sumber"), _words([opportunity.example_source_url or opportunity.example_source_name])),
    ]


def _parts(values: Values) -> Iterable[dict[str, Any]]:
    """The second page."""
    version = values["v"]
    if not values["is_example"]:
        yield _group(_("Syarat bagi mitra"), _conditions(version))
    yield _group(_("Keuangan"), _finance(version, is_example=values["is_example"]))
    yield _group(_("Kesiapan"), _readiness(values))
    if not values["is_example"]:
        yield _group(_("Dokumen"), _documents(values["documents"]))
        yield _group(
            _("Linimasa"), [_line(event["when"], _words([event["title"]])) for event in values["events"]]
        )


def _conditions(version: Any) -> list[Line]:
    lines = []
    if version.must_codes:
        points = [f"• {text}" for code, text in MUST.items() if code in version.must_codes]
        lines.append(_line(_("Syarat wajib yang diperiksa dari profil mitra"), _words(points)))
    if version.must_haves_id:
        own = version.must_haves_en if get_language() == "en" else version.must_haves_id
        points = [f"• {point}" for point in own or version.must_haves_id]
        lines.append(_line(_("Syarat wajib"), _words(points, None if own else "id")))
    if version.nice_to_haves_id:
        lines.append(_line(_("Nilai tambah"), _prose(version, "nice_to_haves")))
    for title, words, codes in (
        (_("Kemampuan yang dicari"), CAPABILITY.items(), version.capability_codes),
        (_("Bahasa kerja"), WORKING_LANGUAGE.items(), version.language_codes),
    ):
        if codes:
            lines.append(
                _line(title, _words([", ".join(str(text) for code, text in words if code in codes)]))
            )
    return lines


def _finance(version: Any, *, is_example: bool) -> list[Line]:
    """All figures of a posted listing, also those that nobody has stated."""
    currency = version.value_currency
    value = [money_full(version.value_amount, currency)] if version.value_amount else []
    if value and version.finance_source:
        value.append(_("Sumber: %(sumber)s", sumber=version.finance_source))
    figures = [(_("Nilai investasi"), value)]
    if not is_example:
        figures += [
            (_("Dana yang dicari"), [money_full(version.sought_amount, currency)] if version.sought_amount else []),
            (_("IRR"), [persen(version.irr_percent)] if version.irr_percent else []),
            (_("NPV"), [money_full(version.npv_amount, currency)] if version.npv_amount else []),
            (_("Masa balik modal"), [_("%(n)s tahun", n=angka(version.payback_years))] if version.payback_years else []),
            (_("B/C"), [angka(version.benefit_cost_ratio)] if version.benefit_cost_ratio else []),
        ]  # fmt: skip
    return [_line(label, _words(texts)) for label, texts in figures]


def _readiness(values: Values) -> list[Line]:
    version = values["v"]
    reached = [_joined(values["rung_word"], _("%(n)s dari 6", n=values["rung"]))] if values["rung"] else []
    lines = [_line(_("Tahap"), _words(reached))]
    if values["is_example"]:
        return lines
    if version.readiness_evidence:
        lines.append(_line(_("Bukti kesiapan"), _words([version.readiness_evidence], "id")))
    lines.append(_line(_("Lahan dan izin"), _prose(version, "land_permits")))
    if version.plan_reference:
        lines.append(_line(_("Acuan rencana"), _words([version.plan_reference], "id")))
    named = (
        ("local_character", _("Kekhasan daerah")),
        ("connectivity", _("Konektivitas")),
        ("incentives", _("Insentif")),
    )
    return lines + [
        _line(label, _prose(version, field)) for field, label in named if getattr(version, f"{field}_id")
    ]


def _documents(documents: list[dict[str, Any]]) -> list[Line]:
    """Names and who may read them, as on the page; the files stay there."""
    if not documents:
        return []
    named = [f"• {document['title']} ({document['note']})" for document in documents[:_DOCUMENTS_AT_MOST]]
    if len(documents) > _DOCUMENTS_AT_MOST:
        named.append(_("dan %(n)s lagi di halaman peluang", n=len(documents) - _DOCUMENTS_AT_MOST))
    return [_line(_("Tercantum"), _words(named))]


def _notes(values: Values) -> list[str]:
    opportunity, version, zone = values["o"], values["v"], values["zone"]
    if values["is_example"]:
        return [
            _(
                "Daerah ini belum mengunggahnya di sini. Contoh tidak menerima minat dan tidak dihitung dalam angka mana pun."
            )
        ]
    binding = _(
        "Ini bukan pengadaan. Menyatakan minat dan diperkenalkan tidak mengikat siapa pun,"
        " dan peraturan pengadaan serta kerja sama daerah tetap berlaku."
    )
    contact = _(
        "Kontak terbuka setelah %(unit)s memperkenalkan kedua pihak.", unit=current_app.config["UNIT_NAME"]
    )
    told = _(
        "Versi %(n)s, menurut halamannya pada %(saat)s.",
        n=version.number,
        saat=waktu(opportunity.updated_at, zone),
    )
    return [binding, contact, told]  # fmt: skip


def _group(heading: str, lines: list[Line]) -> dict[str, Any]:
    return {"heading": heading, "lines": lines}


def _line(label: str, words: dict[str, Any]) -> Line:
    return {"label": drawable(label), "words": words}


def _prose(version: Any, field: str) -> dict[str, Any]:
    """A text in the reader's language, else in Indonesian and marked so."""
    own = getattr(version, f"{field}_{get_language()}")
    return _words(paragraphs(own or getattr(version, f"{field}_id")), None if own else "id")


def _own(version: Any, field: str, language: str) -> str:
    return str(getattr(version, f"{field}_{language}") or getattr(version, f"{field}_id"))


def _words(texts: list[str], language: str | None = None) -> dict[str, Any]:
    """Paragraphs as they can be set, and their language where it is not the sheet's."""
    kept = [text for text in map(drawable, texts) if text]
    foreign = language if kept and language != get_language() else None
    return {"paragraphs": kept or [_unknown()], "language": foreign}


def _joined(*parts: str | None) -> str:
    return drawable(" · ".join(str(part) for part in parts if part))


def _unknown() -> str:
    return _("belum dinyatakan")
