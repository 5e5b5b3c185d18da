"""The settings of a Segment source that @segment/analytics-next fetches from cdn.segment.com.

Observed with @segment/analytics-next 1.84: it does not start without them, and reads where to send from
`integrations["Segment.io"]`.
"""

from typing import Any

from mockpin.addresses import SEGMENT

#: With settings from this host, the SDK sends to api.segment.io without being told.
CDN = "cdn.segment.com"


def make_settings(write_key: str, *, scheme: str, host: str) -> dict[str, Any]:
    """Return the settings of a source without other destinations.

    `scheme` and `host` are those of the request. Unless Segment's own CDN was asked, they tell the SDK to
    send to this server.
    """
    here = {} if host == CDN else {"apiHost": f"{host}{SEGMENT}", "protocol": scheme}
    return {
        "integrations": {"Segment.io": {"apiKey": write_key, "unbundledIntegrations": [], **here}},
        "plan": {"track": {"__default": {"enabled": True, "integrations": {}}}},
        "analyticsNextEnabled": True,
        "edgeFunction": {},
        "enabledMiddleware": {},
        "legacyVideoPluginsEnabled": False,
        "metrics": {"sampleRate": 0},
        "middlewareSettings": {},
        "remotePlugins": [],
    }
