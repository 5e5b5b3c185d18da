from mockpin.core.breakdowns import report_breakdown


def test_a_breakdown_is_said_by_type_and_place_without_its_message(caplog):
    try:
        raise ValueError("pina_secret")
    except ValueError as error:
        report_breakdown(error)
    (line,) = caplog.messages
    assert line.startswith("mockpin broke down: ValueError at ")
    assert line.endswith("test_breakdowns.py:6. Please report it.")


def test_an_error_that_was_never_raised_has_no_place(caplog):
    report_breakdown(ValueError())
    assert caplog.messages == ["mockpin broke down: ValueError. Please report it."]
