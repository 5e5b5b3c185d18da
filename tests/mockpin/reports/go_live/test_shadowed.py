from mockpin.reports.go_live.shadowed import ShadowFigures, count_shadow


def answer(*disagreements):
    return {
        "shadow": {"disagreements": [{"index": index, "observed": seen} for index, seen in disagreements]}
    }


def test_disagreements_are_counted_by_what_the_real_service_said():
    requests = [{}, answer(), answer((0, "failed"), (1, "failed"), (2, "processed")), answer((None, "422"))]
    assert count_shadow(requests) == ShadowFigures(requests=3, failed_there=2, processed_there=1, statuses=1)


def test_without_shadow_mode_all_is_zero():
    assert count_shadow([{}, {"shadow": None}]) == ShadowFigures()


def test_the_figures_are_told_by_their_names():
    assert ShadowFigures(requests=3, failed_there=2, processed_there=1).to_dict() == {
        "requests": 3, "failed_there": 2, "processed_there": 1, "statuses": 0,
    }  # fmt: skip
