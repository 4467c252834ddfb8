"""Why a file is not taken."""

from flask_babel import lazy_gettext as _l

from marketplace.core.refusal import Refusal


class FileTooLarge(Refusal):
    message = _l("Ukurannya %(size)s MB, batasnya %(limit)s MB. Kecilkan, lalu unggah lagi.")


class FileEmpty(Refusal):
    message = _l("Berkas ini kosong. Periksa isinya, lalu unggah lagi.")


class FileTypeRefused(Refusal):
    message = _l("Isi berkas ini bukan jenis yang diterima. Yang diterima: %(kinds)s.")


class FileEndingWrong(Refusal):
    message = _l(
        "Nama berkas berakhiran “%(ending)s”, tetapi isinya %(kind)s. Samakan akhirannya, lalu unggah lagi."
    )


class FileInfected(Refusal):
    message = _l("Pemeriksa virus menemukan ancaman di berkas ini. Berkas tidak disimpan.")


class ScannerUnavailable(Refusal):
    status = 503
    message = _l(
        "Pemeriksa virus sedang tidak menjawab. Berkas belum disimpan; unggah lagi beberapa menit lagi."
    )


class StorageUnavailable(Refusal):
    status = 503
    message = _l("Tempat penyimpanan berkas sedang tidak dapat dipakai. Coba lagi beberapa menit lagi.")
