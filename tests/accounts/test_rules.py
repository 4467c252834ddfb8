import pytest

from marketplace.accounts import rules
from marketplace.accounts.labels import browser_name
from marketplace.accounts.passwords import common_passwords
from tests.support.refusals import refuses

COMMON = frozenset({"password", "qwerty123456", "liverpool", "admin"})


@pytest.mark.parametrize(
    "password",
    [
        "kuda besi naik bukit",
        "x" * 5 + "ñandú" + "漢字と仮名",
        "a1!" + "very unlikely" * 9,
        "🦜🌋🛶" * 2 + "hutan bakau",
        "48209-house-1975-liverpool",
    ],
)
def test_any_letters_are_welcome(password):
    rules.check_password(password, common=COMMON)


def test_twelve_are_enough_and_eleven_are_not():
    rules.check_password("burung-gelat", common=COMMON)
    with refuses(rules.PasswordTooShort, field="password", least=12):
        rules.check_password("burung-gela", common=COMMON)


def test_two_hundred_fifty_six_are_the_end():
    rules.check_password("kalimat panjang " * 16, common=COMMON)
    with refuses(rules.PasswordTooLong, field="password", most=256):
        rules.check_password("kalimat panjang " * 16 + "x", common=COMMON)


@pytest.mark.parametrize(
    "password",
    [
        "Qwerty123456",
        "password1234",
        "PASSWORD!!!!",
        "2026liverpool!!",
        "liverpool!!!!!!",
        "passwordpassword",
        "admin1234567",
        "123456789012",
        "210987654321",
        "aaaaaaaaaaaaaa",
        "abcdabcdabcd",
        "qwertyuiopas",
    ],
)
def test_common_ones_are_refused_however_dressed(password):
    with refuses(rules.PasswordCommon, field="password"):
        rules.check_password(password, common=COMMON)


@pytest.mark.parametrize("before, after", [("", "12-34-56-78"), ("??!!??!!", ""), ("!?!?!?", "2026")])
def test_a_common_one_between_longer_signs_is_no_dress(before, after):
    rules.check_password(f"{before}liverpool{after}", common=COMMON)


def test_the_own_address_is_no_password():
    with refuses(rules.PasswordPersonal, field="password"):
        rules.check_password(
            "Rani.Wulandari@Example.com", common=COMMON, own=("Rani", "rani.wulandari@example.com")
        )


def test_the_shipped_list_is_long_enough():
    assert len(common_passwords()) >= 3000
    assert {"qwerty", "123456789", "rahasia"} <= common_passwords()
    with pytest.raises(rules.PasswordCommon):
        rules.check_password("iloveyou1234", common=common_passwords())


@pytest.mark.parametrize(
    "name",
    [
        "Klik https://jahat.example",
        "www.jahat.example",
        "WWW.jahat.example",
        "a@b.example",
        "jahat.com",
        "JAHAT.ID",
    ],
)
def test_a_name_carries_no_address(name):
    with refuses(rules.NameUnfit, field="name"):
        rules.check_name(name)


def test_plain_names_pass():
    rules.check_name("Dr. Ir. I Gusti Ngurah Ś. M'Bappé")


@pytest.mark.parametrize(
    "agent, name",
    [
        (
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge, Windows"),
        ("curl/8", ""),
    ],
)
def test_browsers_have_names(agent, name):
    assert browser_name(agent) == name
