def test_health_needs_no_database(client):
    assert client.get("/healthz").data == b"ok\n"


def test_ready_says_so(client):
    assert client.get("/readyz").status_code == 200


def test_unknown_page_is_a_page_in_both_languages(client):
    assert client.get("/tidak-ada").status_code == 404
    assert client.get("/en/tidak-ada").status_code == 404
