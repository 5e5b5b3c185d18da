"""Many threads that begin at the same moment."""

from threading import Barrier, Semaphore, Thread


def run_at_once(call, count):
    """Call a function with each number below `count`, each in a thread, all at once; wait until all end.

    Each thread runs before the next is started: measuring coverage installs a trace in every new thread, and
    CPython 3.11 ends a thread that does so while another one does.
    """
    begin, running = Barrier(count), Semaphore(0)

    def run(number):
        running.release()
        begin.wait()
        call(number)

    threads = [Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
        running.acquire()
    for thread in threads:
        thread.join()
