"""The tag's script over HTTP; the browser suites run it."""


def test_every_site_may_load_the_script(http, emulator):
    answer = http.get("/ct/core.js")
    assert (answer.status_code, answer.mimetype) == (200, "text/javascript")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "no-store"
    assert b"pintrk" in answer.data
    assert emulator.store.last_exchange == 0
