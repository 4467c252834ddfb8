from marketplace.web.reports import strip


def test_a_report_says_where_and_nothing_of_who():
    event = {
        "request": {
            "url": "https://x.example/kata-sandi-baru/token-sekali-pakai?next=/a",
            "method": "POST",
            "data": "rahasia",
            "cookies": "sesi=1",
            "headers": {},
        },
        "user": {"id": 1},
    }
    assert strip(event, {}) == {"request": {"method": "POST"}}
