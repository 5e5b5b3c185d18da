"""The settings of a source that Segment's SDK fetches."""

import pytest

from mockpin.segment.browser_settings import make_settings


@pytest.mark.parametrize(
    ("host", "where"),
    [
        ("cdn.segment.com", {}),
        ("127.0.0.1:7466", {"apiHost": "127.0.0.1:7466/v1", "protocol": "http"}),
    ],
)
def test_the_sdk_is_told_to_send_to_the_server_that_it_asked(host, where):
    settings = make_settings("key", scheme="http", host=host)
    assert settings.pop("integrations") == {
        "Segment.io": {"apiKey": "key", "unbundledIntegrations": [], **where}
    }
    assert settings.pop("plan") == {"track": {"__default": {"enabled": True, "integrations": {}}}}
    assert settings == {
        "analyticsNextEnabled": True, "edgeFunction": {}, "enabledMiddleware": {},
        "legacyVideoPluginsEnabled": False, "metrics": {"sampleRate": 0}, "middlewareSettings": {},
        "remotePlugins": [],
    }  # fmt: skip
