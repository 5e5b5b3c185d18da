from mockpin.emulator.history.memory import trim_heap


def test_trimming_the_heap_leaves_what_is_used():
    texts = [f"{number:>1000}" for number in range(1000)]
    trim_heap()
    assert texts[999] == f"{999:>1000}"
