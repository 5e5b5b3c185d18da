from mockpin.emulator.clock import Clock


def test_a_clock_shows_real_time():
    assert Clock(lambda: 7.0)() == 7.0


def test_a_frozen_clock_stands_still():
    times = iter([1.0, 2.0, 3.0])
    clock = Clock(lambda: next(times))
    clock.freeze()
    assert (clock(), clock(), clock.frozen) == (1.0, 1.0, True)


def test_a_clock_frozen_at_a_moment_shows_it():
    clock = Clock(lambda: 1.0)
    clock.freeze(500.0)
    clock.advance(25)
    assert clock() == 525.0


def test_an_advanced_clock_goes_on():
    times = iter([10.0, 11.0])
    clock = Clock(lambda: next(times))
    clock.advance(3600)
    assert (clock(), clock(), clock.frozen) == (3610.0, 3611.0, False)


def test_a_resumed_clock_shows_real_time():
    clock = Clock(lambda: 7.0)
    clock.freeze(1.0)
    clock.resume()
    assert clock() == 7.0


def test_a_running_clock_says_how_far_it_is_ahead():
    clock = Clock(lambda: 1.0)
    assert clock.ahead == 0
    clock.advance(25)
    assert (clock.ahead, clock.frozen) == (25, False)
    clock.freeze(500.0)
    assert clock.ahead == 0
