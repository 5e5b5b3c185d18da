import pytest

from mockpin.emulator.pipeline.reporting_class import classify


@pytest.mark.parametrize(("action_source", "age", "expected"), [
    ("web", 3600, "web"), ("web", 3601, "offline"), ("app_ios", 0, "app"), ("app_android", 3600.5, "offline"),
    ("offline", 0, "offline"), ("kiosk", 0, "web"), ("web", -60, "web"),
])  # fmt: skip
def test_an_hour_late_is_offline(action_source, age, expected):
    assert classify(action_source, age=age, late_after=3600) == expected
