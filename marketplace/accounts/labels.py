"""Browsers as their owner knows them, and what may happen to an account."""

from marketplace.core.words import _l

# Kinds of the audit trail, as the person whom they concern and LAIP read them.
EVENT = {
    "account:registered": _l("Mendaftar"),
    "account:confirmed": _l("Surel dibuktikan"),
    "account:signed_in": _l("Masuk"),
    "account:signed_out": _l("Keluar"),
    "account:sign_in_failed": _l("Gagal masuk"),
    "account:browser_signed_out": _l("Satu peramban dikeluarkan"),
    "account:others_signed_out": _l("Peramban lain dikeluarkan"),
    "account:password_changed": _l("Kata sandi diubah"),
    "account:password_reset": _l("Kata sandi dibuat baru"),
    "account:profile_edited": _l("Data akun diubah"),
    "account:staff_appointed": _l("Diangkat sebagai staf"),
    "account:authenticator_added": _l("Aplikasi autentikator dipasang"),
    "account:authenticator_removed": _l("Aplikasi autentikator dilepas"),
    "account:passkey_added": _l("Kunci sandi ditambahkan"),
    "account:passkey_removed": _l("Kunci sandi dihapus"),
    "account:recovery_codes_renewed": _l("Kode pemulihan dibuat baru"),
    "account:recovery_code_used": _l("Kode pemulihan dipakai"),
    "account:address_change_asked": _l("Alamat surel baru diminta"),
    "account:address_change_refused": _l("Alamat surel baru ditolak"),
    "account:address_changed": _l("Alamat surel berganti"),
    "account:terms_accepted": _l("Ketentuan disetujui"),
    "account:copy_asked": _l("Salinan data diminta"),
    "account:erasure_asked": _l("Penghapusan akun diminta"),
    "account:erasure_cancelled": _l("Penghapusan akun dibatalkan"),
    "account:erased": _l("Akun dihapus"),
}

_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def browser_name(agent: str) -> str:
    """ "Chrome, Android" from what the browser says of itself; "" where it says nothing known."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return ", ".join(part for part in (browser, system) if part)
