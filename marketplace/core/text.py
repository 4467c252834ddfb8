"""Cleans what people type, and makes addresses, comparison keys and safe export cells of it."""

import re
import secrets
import unicodedata

# Letters, marks and symbols that draw nothing although their category says otherwise.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co"})
_SPACES = frozenset({"Zs", "Zl", "Zp"})
_DRAWN = frozenset("LNPS")

# A NUL, or half of a surrogate pair: neither PostgreSQL nor UTF-8 takes them.
_BAD_CODEPOINTS = re.compile("[\x00\ud800-\udfff]")

# Crockford's alphabet: without i, l, o and u, so that a tail can be read out on the telephone.
_TAIL_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"

_FORMULA_START = tuple("=+-@\t\r\n＝＋－＠")

_LATIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss"}
)

# Letters of other scripts that look like Latin ones: Greek capitals as they stand, the rest casefolded.
_CAPITAL_LOOKALIKES = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "abezhikmnoptyx")
_LOOKALIKES = str.maketrans(
    "авгеѕіјкӏмнорстухһԁԛԝαβγεηικμνορτυχωϲ",
    "abresijklmhopctyxhdqwabyenikuvoptuxwc",
)
_STROKES = str.maketrans("01i|", "olll")

_LEGAL_FORMS = frozenset(
    {"pt", "cv", "ud", "fa", "firma", "tbk", "persero", "perseroda", "perumda", "perorangan"}
    | {"ltd", "limited", "pte", "inc", "incorporated", "llc", "llp", "plc", "corp", "corporation"}
    | {"co", "company", "gmbh", "ag", "bv", "nv", "sa", "sdn", "bhd", "kk", "oy", "ab"}
)
_SPELLED_FORM = re.compile(r"\b(?:p\W{1,2}t|c\W{1,2}v|u\W{1,2}d)\b")


def parse_number(text: str | None, *, digits: int = 18) -> int | None:
    """A whole number of at most so many digits (18 fit a bigint); None for anything else."""
    plain = text or ""
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= digits else None


def clean_line(text: str | None) -> str:
    """One line of text in NFC without control, bidi or invisible characters; "" when nothing shows."""
    return " ".join(_visible(text or "", keep_lines=False).split())


def clean_text(text: str | None) -> str:
    """Text of several lines, cleaned as `clean_line` does; at most one empty line in a row."""
    lines = _visible((text or "").replace("\r\n", "\n"), keep_lines=True).split("\n")
    joined = "\n".join(_collapse_inside(line) for line in lines)
    return re.sub(r"\n{3,}", "\n\n", joined).strip()


def _visible(text: str, *, keep_lines: bool) -> str:
    kept = "".join(_kept(char, keep_lines=keep_lines) for char in text)
    normal = unicodedata.normalize("NFC", kept)
    drawn = any(unicodedata.category(char)[0] in _DRAWN for char in normal)
    return normal if drawn else ""


def _kept(char: str, *, keep_lines: bool) -> str:
    if char in "\n\r\x0b\x0c\x85\u2028\u2029":
        return "\n" if keep_lines else " "
    category = unicodedata.category(char)
    if char == "\t" or category in _SPACES:
        return " "
    dropped = category in _DROPPED or char in _BLANK or _is_variation(char) or _is_no_character(char)
    return "" if dropped else char


def _is_no_character(char: str) -> bool:
    """Code points that never become letters: one in a title would make every feed that names it invalid XML."""
    return ord(char) & 0xFFFE == 0xFFFE or "\ufdd0" <= char <= "\ufdef"


def _is_variation(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def _collapse_inside(line: str) -> str:
    """Keeps the indentation, which nests lists in Markdown."""
    words = line.split()
    indent = len(line) - len(line.lstrip())
    return " " * indent + " ".join(words) if words else ""


def has_bad_codepoints(text: str) -> bool:
    """Whether a path or query holds a NUL or a lone surrogate."""
    return _BAD_CODEPOINTS.search(text) is not None


def without_bad_codepoints(text: str) -> str:
    """The text with each NUL and lone surrogate as a blank."""
    return _BAD_CODEPOINTS.sub(" ", text)


def slugify(title: str, limit: int = 60, fallback: str = "tanpa-judul") -> str:
    """Lower-case ASCII words joined by hyphens, at most `limit` long, cut between words where it can be."""
    folded = _without_marks(title.casefold().translate(_LATIN))
    slug = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
    if len(slug) > limit:
        whole_words = slug[: limit + 1].rpartition("-")[0]
        slug = whole_words or slug[:limit]
    return slug or fallback


def random_tail(length: int = 6) -> str:
    """An unguessable suffix for an address, of digits and letters that are not taken for each other."""
    return "".join(secrets.choice(_TAIL_ALPHABET) for _ in range(length))


def tail_of(slug: str) -> str:
    """The end of an address, by which alone its page is found, however the words before it are written."""
    return slug.rpartition("-")[2].casefold()


def confusable_key(name: str) -> str:
    """What two organisation names share when people could take one for the other; for comparing only."""
    compatible = unicodedata.normalize("NFKC", clean_line(name))
    folded = compatible.translate(_CAPITAL_LOOKALIKES).casefold()
    latin = _without_marks(folded.translate(_LOOKALIKES).translate(_LATIN))
    spelled = _SPELLED_FORM.sub(lambda form: f"{form[0][0]}{form[0][-1]} ", latin)
    words = re.findall(r"[^\W_]+", spelled)
    core = _without_legal_forms(words) or words
    return "".join(core).translate(_STROKES)


def _without_legal_forms(words: list[str]) -> list[str]:
    kept = list(words)
    while kept and kept[0] in _LEGAL_FORMS:
        kept.pop(0)
    while kept and kept[-1] in _LEGAL_FORMS:
        kept.pop()
    return kept


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if unicodedata.category(char) != "Mn")


def csv_safe(cell: object) -> object:
    """The cell, or its text behind an apostrophe where a spreadsheet would read it as a formula."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(_FORMULA_START):
        return "'" + cell
    return cell
