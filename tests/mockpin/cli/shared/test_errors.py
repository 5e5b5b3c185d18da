from mockpin.cli.shared.errors import InputUnreadable, ServerUnreachable, describe_internal


def test_each_error_has_its_exit_status():
    assert (InputUnreadable("x").exit_code, ServerUnreachable("x").exit_code) == (2, 3)


def test_an_internal_fault_names_its_place_but_no_value_it_met():
    try:
        raise KeyError("jane@example.com")
    except KeyError as error:
        line = describe_internal(error)
    assert "KeyError at test_an_internal_fault_names_its_place_but_no_value_it_met" in line
    assert "jane" not in line
