import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.files import rules
from marketplace.files.refusals import FileEmpty, FileEndingWrong, FileTooLarge, FileTypeRefused
from marketplace.files.rules import FileKind
from marketplace.files.sniffing import check_upload, sniff
from tests.files import samples


@pytest.mark.parametrize(
    "content, name, kind",
    [
        (samples.PDF, "Studi kelayakan.pdf", rules.PDF),
        (samples.PDF, "STUDI.PDF", rules.PDF),
        (samples.PNG, "peta.png", rules.PNG),
        (samples.JPEG, "foto.jpeg", rules.JPEG),
        (samples.PHONE_JPEG, "foto.jpg", rules.JPEG),
        (samples.WEBP, "foto.webp", rules.WEBP),
        (samples.DOCX, "surat.docx", rules.DOCX),
        (samples.XLSX, "hitungan.xlsx", rules.XLSX),
        (samples.PPTX, "paparan.pptx", rules.PPTX),
    ],
)
def test_a_file_is_known_by_its_content(content: bytes, name: str, kind: FileKind) -> None:
    stream = io.BytesIO(content)
    assert check_upload(stream, name) == kind
    assert stream.tell() == 0


@pytest.mark.parametrize(
    "content",
    [
        samples.HTML,
        samples.SVG,
        samples.EXE,
        samples.ZIP,
        samples.DOCM,
        samples.DOCX_WITH_MACRO,
        samples.DOCX[:60],
        b"teks biasa",
        b"junk" + samples.PDF,
        b"PK\x03\x04",
    ],
)
@pytest.mark.parametrize("name", ["laporan.pdf", "foto.png", "surat.docx"])
def test_anything_else_is_refused_under_a_good_name(content: bytes, name: str) -> None:
    with pytest.raises(FileTypeRefused) as caught:
        check_upload(io.BytesIO(content), name)
    assert caught.value.params["kinds"] == "PDF, PNG, JPEG, WEBP, DOCX, XLSX, PPTX"


@pytest.mark.parametrize(
    "name", ["laporan.html", "laporan.pdf.exe", "laporan", "laporan.png", ".pdf.svg", "fdp.\u202efdp.exe"]
)
def test_a_good_file_under_another_ending_is_refused(name: str) -> None:
    with pytest.raises(FileEndingWrong) as caught:
        check_upload(io.BytesIO(samples.PDF), name)
    assert caught.value.params["kind"] == "PDF"


def test_a_field_may_take_fewer_kinds() -> None:
    with pytest.raises(FileTypeRefused):
        check_upload(io.BytesIO(samples.PNG), "peta.png", kinds=rules.DOCUMENTS)


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(FileEmpty):
        check_upload(io.BytesIO(b""), "laporan.pdf")


def test_the_limit_is_ten_megabytes_and_says_so() -> None:
    exact = samples.PDF.ljust(rules.LARGEST_BYTES, b" ")
    assert check_upload(io.BytesIO(exact), "a.pdf") == rules.PDF
    with pytest.raises(FileTooLarge) as caught:
        check_upload(io.BytesIO(exact + b" "), "a.pdf")
    assert caught.value.text == "Ukurannya 11 MB, batasnya 10 MB. Kecilkan, lalu unggah lagi."


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"%PDF", samples.DOCX[:-22]]))
def test_no_content_breaks_the_check(content: bytes, start: bytes) -> None:
    assert sniff(io.BytesIO(start + content)) in (None, *rules.KINDS)


@given(st.integers(0, len(samples.DOCX) - 1), st.binary(min_size=1, max_size=8))
def test_no_damaged_document_breaks_the_check(place: int, damage: bytes) -> None:
    content = samples.DOCX[:place] + damage + samples.DOCX[place + len(damage) :]
    assert sniff(io.BytesIO(content)) in (None, *rules.KINDS)


def test_a_swollen_list_of_contents_is_not_unpacked() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b" " * 50_000_000)
    assert packed.tell() < 100_000
    assert sniff(io.BytesIO(packed.getvalue())) is None
