"""Money as people write it, read without guessing, and printed without lying."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from flask_babel import lazy_gettext as _l

from marketplace.core.refusal import Refusal
from marketplace.core.text import clean_line

RUPIAH = "IDR"
# Above any project of any region, and inside the bigint that sorts listings.
LARGEST = Decimal(10) ** 16

CENT = Decimal("0.01")
THOUSAND, MILLION, BILLION, TRILLION = (Decimal(10) ** power for power in (3, 6, 9, 12))

_SCALES = {
    **dict.fromkeys(("ribu", "rb", "thousand", "k"), THOUSAND),
    **dict.fromkeys(("juta", "jt", "million", "millions", "mn", "mio"), MILLION),
    **dict.fromkeys(
        ("miliar", "milyar", "milliar", "mlr", "mlyr", "billion", "billions", "bn", "b"), BILLION
    ),
    **dict.fromkeys(("triliun", "trilyun", "trilliun", "t", "trillion", "trillions", "tn", "trn"), TRILLION),
}
_CURRENCY_SIGNS = {
    **dict.fromkeys(("rp", "rp.", "idr", "rupiah"), "IDR"),
    **dict.fromkeys(
        ("usd", "us$", "$", "dolar as", "dolar", "dollar", "dollars", "us dollar", "us dollars"), "USD"
    ),
    **dict.fromkeys(("eur", "€", "euro", "euros"), "EUR"),
    **dict.fromkeys(("sgd", "s$", "dolar singapura", "singapore dollars"), "SGD"),
    **dict.fromkeys(("jpy", "yen"), "JPY"),
    **dict.fromkeys(("cny", "rmb", "yuan"), "CNY"),
    **dict.fromkeys(("gbp", "£", "pound", "pounds"), "GBP"),
    **dict.fromkeys(("aud", "a$"), "AUD"),
    **dict.fromkeys(("krw", "won"), "KRW"),
}
_NUMBER_WORDS = re.compile(
    r"\b(nol|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|\w+ ?(belas|puluh|ratus)"
    r"|seratus|seribu|sejuta|setengah|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|a (million|billion|trillion))\b"
)


class MoneyUnreadable(Refusal):
    message = _l(
        "Jumlah “%(text)s” tidak terbaca. Tulis dengan angka, misalnya 1,5 miliar atau Rp1.500.000.000."
    )


class MoneyInWords(Refusal):
    message = _l("Tulis jumlahnya dengan angka, misalnya 200 juta atau Rp200.000.000.")


class MoneyAmbiguous(Refusal):
    message = _l("“%(text)s” dapat berarti %(first)s atau %(second)s. Tulis salah satunya.")


class MoneyNeedsScale(Refusal):
    message = _l("“%(text)s” tanpa satuan. Tambahkan juta, miliar, atau triliun, misalnya %(text)s miliar.")


class MoneyRange(Refusal):
    message = _l("Isi satu jumlah, bukan rentang.")


class MoneyNegative(Refusal):
    message = _l("Jumlah tidak boleh kurang dari nol.")


class MoneyZero(Refusal):
    message = _l("Nol bukan jumlah. Bila belum diketahui, kosongkan saja isian ini.")


class MoneyOutOfRange(Refusal):
    message = _l("Jumlahnya terlalu besar. Batasnya %(limit)s; periksa satuan dan jumlah nolnya.")


class MoneyCurrency(Refusal):
    message = _l("Isian ini dalam rupiah, sedangkan “%(text)s” memakai mata uang lain.")


@dataclass(frozen=True, slots=True)
class Money:
    """A positive sum with two decimals at most, and its ISO 4217 code."""

    amount: Decimal
    currency: str = RUPIAH


def parse_rupiah(text: str, language: str) -> Decimal:
    """The sum in rupiah, two decimals at most. Raises a Money… refusal that says how to write it."""
    money = parse_money(text, language)
    if money.currency != RUPIAH:
        raise MoneyCurrency(text=_quoted(text))
    return money.amount


def parse_money(text: str, language: str, currency: str = RUPIAH) -> Money:
    """The sum and its currency (`currency` where none is written). Raises a Money… refusal."""
    plain = _plain(text)
    _refuse_other_shapes(plain, text)
    plain, written = _take_currency(plain, text)
    unit = written or currency
    parts = re.fullmatch(r"([0-9][0-9.,' ]*?)(?:,-)?\s*([a-z]*)\.?", plain)
    if not parts:
        raise MoneyInWords if _NUMBER_WORDS.search(plain) else MoneyUnreadable(text=_quoted(text))
    digits, scale = parts.groups()
    reading = _Reading(_quoted(text), digits.strip(" "), scale, language, unit)
    return Money(reading.amount(), unit)


def _plain(text: str) -> str:
    compatible = unicodedata.normalize("NFKC", clean_line(text)).casefold()
    return compatible.replace("’", "'").translate(dict.fromkeys(map(ord, "−–—‐‑"), "-")).strip()


def _quoted(text: str) -> str:
    line = clean_line(text)
    return line if len(line) <= 40 else line[:39] + "…"


def _refuse_other_shapes(plain: str, text: str) -> None:
    if len(plain) > 80:
        raise MoneyUnreadable(text=_quoted(text))
    if re.match(r"[^0-9]*-\s*[^0-9-]*[0-9]", plain) or re.fullmatch(r"\(.*[0-9].*\)", plain):
        raise MoneyNegative
    if re.search(r"[0-9a-z]\s*(-|s/d|sampai|hingga|\bto\b)\s*(rp\.?)?\s*[0-9]", plain):
        raise MoneyRange


def _take_currency(plain: str, text: str) -> tuple[str, str | None]:
    """The text without its currency, and the code; written before or after, not two different ones."""
    found = None
    for sign in sorted(_CURRENCY_SIGNS, key=len, reverse=True):
        for rest in (_without_prefix(plain, sign), _without_suffix(plain, sign)):
            if rest is None:
                continue
            if found not in (None, _CURRENCY_SIGNS[sign]):
                raise MoneyUnreadable(text=_quoted(text))
            found, plain = _CURRENCY_SIGNS[sign], rest
            break
    return plain, found


def _without_prefix(plain: str, sign: str) -> str | None:
    rest = plain.removeprefix(sign)
    if rest == plain or (sign[-1].isalpha() and re.match(r"[a-z]", rest)):
        return None
    return rest.strip()


def _without_suffix(plain: str, sign: str) -> str | None:
    rest = plain.removesuffix(sign)
    if rest == plain or (sign[0].isalpha() and re.search(r"[a-z]$", rest)):
        return None
    return rest.strip()


@dataclass(frozen=True, slots=True)
class _Reading:
    """One text taken apart: its digits with separators, its scale word, and who reads it."""

    text: str
    digits: str
    scale: str
    language: str
    currency: str

    def amount(self) -> Decimal:
        factor = self._factor()
        number = self._number(scaled=factor is not None)
        amount = number * (factor or 1)
        if amount == 0:
            raise MoneyZero
        if amount > LARGEST:
            raise MoneyOutOfRange(limit=money_short(LARGEST, self.language, self.currency))
        if factor is None and number < 1000 and number != number.to_integral_value():
            raise MoneyNeedsScale(text=self.text)
        exact = amount.quantize(CENT)
        if exact != amount:
            raise MoneyUnreadable(text=self.text)
        return exact

    def _factor(self) -> Decimal | None:
        if not self.scale:
            return None
        if self.scale == "m":
            return self._bare_m()
        if self.scale not in _SCALES:
            raise MoneyInWords if _NUMBER_WORDS.search(self.scale) else MoneyUnreadable(text=self.text)
        return _SCALES[self.scale]

    def _bare_m(self) -> Decimal:
        """A bare "M": miliar in Indonesian, million in English; beside a foreign currency nobody knows."""
        if self.language == "id" and self.currency == RUPIAH:
            return BILLION
        number = self._number(scaled=True)
        raise self._either(number * MILLION, number * BILLION)

    def _number(self, *, scaled: bool) -> Decimal:
        decimal_sign = "," if self.language == "id" else "."
        candidates = {sign: _read(self.digits, sign) for sign in ".,"}
        readings = {sign: value for sign, value in candidates.items() if value is not None}
        if not readings:
            raise MoneyUnreadable(text=self.text)
        values = set(readings.values())
        if len(values) == 1:
            return values.pop()
        ours, theirs = readings[decimal_sign], readings["." if decimal_sign == "," else ","]
        # "1,500" to an Indonesian reader is one and a half: nobody means that without a scale word.
        suspicious = ours < theirs and (not scaled or self.digits.endswith("000"))
        if suspicious:
            factor = _SCALES.get(self.scale, Decimal(1))
            raise self._either(ours * factor, theirs * factor)
        return ours

    def _either(self, first: Decimal, second: Decimal) -> MoneyAmbiguous:
        readings = (money_short(value, self.language, self.currency) for value in (first, second))
        return MoneyAmbiguous(text=self.text, first=next(readings), second=next(readings))


def _read(digits: str, decimal_sign: str) -> Decimal | None:
    """The number if it is well formed with that decimal sign, else None."""
    whole, sign, fraction = digits.partition(decimal_sign)
    if sign and not fraction.isdigit():
        return None
    group = "." if decimal_sign == "," else ","
    grouped = rf"[1-9][0-9]{{0,2}}(([{group}' ])[0-9]{{3}})(\2[0-9]{{3}})*"
    if not (whole.isdigit() or re.fullmatch(grouped, whole)):
        return None
    return Decimal(re.sub(r"[^0-9]", "", whole) + ("." + fraction if sign else ""))


_WORDS = {
    "id": ((TRILLION, " triliun"), (BILLION, " miliar"), (MILLION, " juta")),
    "en": ((TRILLION, " trillion"), (BILLION, " billion"), (MILLION, " million")),
}


def money_full(amount: Decimal | int, language: str, currency: str = RUPIAH) -> str:
    """All digits, "Rp1.250.000.000"; with sen only where there are any."""
    exact = Decimal(amount).quantize(CENT)
    places = 0 if exact == exact.to_integral_value() else 2
    return _signed(exact, currency, _grouped(abs(exact), places, language))


def money_short(amount: Decimal | int, language: str, currency: str = RUPIAH) -> str:
    """Two decimals at most, "Rp1,25 miliar"; only an exact figure drops zeros, "Rp2,00 miliar" is rounded."""
    exact = Decimal(amount)
    size = abs(exact)
    for factor, word in _WORDS[language]:
        rounded = (size / factor).quantize(CENT, ROUND_HALF_EVEN)
        if rounded >= 1:
            places = _places_shown(rounded) if rounded * factor == size else 2
            return _signed(exact, currency, _grouped(rounded, places, language) + word)
    return money_full(exact, language, currency)


def _places_shown(figure: Decimal) -> int:
    return max(0, -int(figure.normalize().as_tuple().exponent))


def _grouped(size: Decimal, places: int, language: str) -> str:
    printed = f"{size:,.{places}f}"
    return printed.translate(str.maketrans(",.", ".,")) if language == "id" else printed


def _signed(amount: Decimal, currency: str, figure: str) -> str:
    prefix = "Rp" if currency == RUPIAH else f"{currency} "
    return ("-" if amount < 0 else "") + prefix + figure
