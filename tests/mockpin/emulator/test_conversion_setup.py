import pytest

from mockpin.emulator.conversion_setup import ConversionSetup, ConversionTag, DefinitionRefused


@pytest.fixture
def setup():
    setup = ConversionSetup()
    setup.add_tag(ConversionTag("26100", "1", "one", {}))
    setup.add_tag(ConversionTag("26200", "2", "two", {}))
    setup.define_event("1", "quote", "LEAD")
    return setup


def test_a_tag_belongs_to_the_ad_account_it_was_created_for(setup):
    assert [tag.name for tag in setup.tags_of("2")] == ["two"]
    assert (setup.owner_of("26200"), setup.owner_of("5")) == ("2", None)


def test_ad_accounts_do_not_share_their_names(setup):
    assert (setup.events_of("1"), setup.events_of("2")) == ({"quote": "LEAD"}, {})
    setup.define_event("2", "quote", "SIGNUP")
    setup.change_event("2", "quote", "SEARCH")
    assert (setup.events_of("1"), setup.events_of("2")) == ({"quote": "LEAD"}, {"quote": "SEARCH"})


def test_a_name_is_defined_once_and_deleted_once(setup):
    with pytest.raises(DefinitionRefused, match=r"quote is already defined\."):
        setup.define_event("1", "quote", "LEAD")
    setup.delete_event("1", "quote")
    for refused in (setup.delete_event, lambda *name: setup.change_event(*name, "LEAD")):
        with pytest.raises(DefinitionRefused, match=r"quote is not defined\."):
            refused("1", "quote")


def test_fifteen_names_are_defined_and_no_more(setup):
    for index in range(14):
        setup.define_event("1", f"e{index}", "LEAD")
    with pytest.raises(DefinitionRefused, match="At most 15"):
        setup.define_event("1", "e14", "LEAD")


def test_a_closed_ad_account_leaves_nothing(setup):
    setup.forget("1")
    assert (setup.tags_of("1"), setup.events_of("1"), setup.owner_of("26100")) == ([], {}, None)
    assert setup.owner_of("26200") == "2"
