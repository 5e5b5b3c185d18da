from werkzeug.routing import Map, Rule

from mockpin.web.routes import LazyRoute


def write_addresses(kind):
    """Addresses as this kind of route writes them, of one asked for twice."""
    addresses = Map([kind("/events/<int:seq>", endpoint="event"), kind("/", endpoint="home")]).bind("x.test")
    values = ({"seq": 1}, {"seq": 2}, {"seq": 3, "q": "a b"})
    return [addresses.build("event", each) for each in values] + [addresses.build("home")]


def test_addresses_are_those_that_werkzeug_writes():
    assert write_addresses(LazyRoute) == write_addresses(Rule)
    assert write_addresses(LazyRoute)[2] == "/events/3?q=a+b"


def test_an_address_that_is_never_asked_for_is_never_compiled():
    asked = []

    class Watched(LazyRoute):
        @staticmethod
        def _get_func_code(code, name):
            asked.append(name)
            return Rule._get_func_code(code, name)

    Map([Watched("/events/<int:seq>", endpoint="event")]).bind("x.test").match("/events/5")
    assert asked == []
    assert write_addresses(Watched) == write_addresses(Rule)
    assert len(asked) == 2
