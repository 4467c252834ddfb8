from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import HiddenInput

from marketplace.core.money import Money, parse_money
from marketplace.core.refusal import Refusal
from marketplace.partners import labels
from marketplace.partners.forms import named
from marketplace.partners.offer_models import StandingOffer
from marketplace.partners.offer_rules import LONGEST_TITLE, LONGEST_WORDS
from marketplace.partners.offering import Offer
from marketplace.partners.rules import read_ticket
from marketplace.regions.queries import gazetteer
from marketplace.taxonomy.queries import taxonomy
from marketplace.web.errors import sentence
from marketplace.web.formats import language, money_full
from marketplace.web.forms import BaseForm, CodesField, choices_of

_MONEY_HINT = _l("Tulis seperti biasa, misalnya 5 miliar. Kosongkan bila belum tahu.")


class OfferForm(BaseForm):
    """What a partner would fund or supply."""

    title_id = StringField(
        _l("Yang Anda tawarkan"),
        [DataRequired(), Length(min=5, max=LONGEST_TITLE)],
        description=_l("Satu baris, misalnya “Sensor parkir untuk kota sedang”."),
    )
    title_en = StringField(_l("Yang Anda tawarkan, dalam bahasa Inggris"), [Length(max=LONGEST_TITLE)])
    words_id = TextAreaField(
        _l("Penjelasan"),
        [DataRequired(), Length(max=LONGEST_WORDS)],
        description=_l("Apa yang Anda danai, bangun, atau pasok, dengan syarat apa, dan untuk siapa."),
    )
    words_en = TextAreaField(_l("Penjelasan, dalam bahasa Inggris"), [Length(max=LONGEST_WORDS)])
    capability_codes = CodesField(_l("Yang Anda bawa"), choices=choices_of(labels.CAPABILITY.items()))
    sector_codes = CodesField(_l("Sektor"))
    region_codes = CodesField(_l("Provinsi"), description=_l("Kosong berarti seluruh Indonesia."))
    scheme_codes = CodesField(_l("Skema kerja sama"), description=_l("Kosong berarti semua skema."))
    ticket_min = StringField(_l("Nilai terkecil"), [Length(max=80)], description=_MONEY_HINT)
    ticket_max = StringField(_l("Nilai terbesar"), [Length(max=80)], description=_MONEY_HINT)
    valid_until = DateField(
        _l("Berlaku sampai"),
        [InputRequired()],
        description=_l("Paling lama satu tahun. Sesudah hari itu tawaran tidak tampil lagi."),
    )
    revision = IntegerField(widget=HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reader, terms = language(), taxonomy()
        self.sector_codes.choices = choices_of(named(terms.sectors, reader))
        self.scheme_codes.choices = choices_of(named(terms.schemes, reader))
        self.region_codes.choices = choices_of(gazetteer().province_names.items())
        self.sums: dict[str, Money | None] = {}

    def show(self, offer: StandingOffer) -> None:
        """Fills the form with a stored offer; sums as people write them."""
        for name in ("ticket_min", "ticket_max"):
            stored = getattr(offer, f"{name}_idr")
            self[name].data = money_full(stored) if stored else ""

    def validate(self, extra_validators: Any = None) -> bool:
        """Also reads the sums, each refusal at its field."""
        fine = super().validate(extra_validators)
        readable = all([self._read("ticket_min"), self._read("ticket_max")])
        if not (fine and readable):
            return False
        try:
            self._ticket = read_ticket(self.sums["ticket_min"], self.sums["ticket_max"], None)
        except Refusal as refusal:
            self.take(refusal)
            return False
        return True

    def _read(self, name: str) -> bool:
        field = self._fields[name]
        try:
            self.sums[name] = parse_money(field.data, language()) if field.data else None
        except Refusal as refusal:
            field.errors = [*field.errors, sentence(refusal)]
            return False
        return True

    @property
    def echoes(self) -> dict[str, str]:
        """How the sums were read."""
        return {name: money_full(sum_.amount, sum_.currency) for name, sum_ in self.sums.items() if sum_}

    def _last_day(self) -> date:
        if self.valid_until.data is None:
            raise ValueError("the form was not validated")
        return self.valid_until.data

    @property
    def offer(self) -> Offer:
        """The offer as the actions take it."""
        return Offer(
            title_id=self.title_id.data or "",
            title_en=self.title_en.data or "",
            words_id=self.words_id.data or "",
            words_en=self.words_en.data or "",
            capability_codes=self.capability_codes.data or [],
            sector_codes=self.sector_codes.data or [],
            region_codes=self.region_codes.data or [],
            scheme_codes=self.scheme_codes.data or [],
            ticket_min_idr=self._ticket.min_idr,
            ticket_max_idr=self._ticket.max_idr,
            valid_until=self._last_day(),
        )


class CloseForm(BaseForm):
    """Why an offer is taken off."""

    reason = RadioField(
        _l("Alasan"), choices=choices_of(labels.OFFER_CLOSE_REASON.items()), validate_choice=False
    )
    revision = IntegerField(widget=HiddenInput())
