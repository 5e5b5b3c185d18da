"""What the emulator does that is neither a setting nor a rule."""

from datetime import date

from mockpin.emulator.settings.behaviours import BEHAVIOURS


def test_every_behaviour_has_its_evidence():
    for behaviour in BEHAVIOURS:
        assert behaviour.what
        assert behaviour.source
        assert behaviour.grade in ("documented", "observed", "inferred", "ours")
        assert date.fromisoformat(behaviour.date).year >= 2019
    assert any(behaviour.source.startswith("Pinterest's OpenAPI 5.23") for behaviour in BEHAVIOURS)


def test_no_behaviour_is_listed_twice():
    assert len({behaviour.what for behaviour in BEHAVIOURS}) == len(BEHAVIOURS)
