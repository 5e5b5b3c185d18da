"""Track the event on standard input with segment-analytics-python, which ends once all is delivered."""

import json
import os
import sys

from segment.analytics.client import Client

failures = []
event = json.load(sys.stdin)
client = Client(
    os.environ["SEGMENT_WRITE_KEY"],
    host=os.environ["SEGMENT_HOST"],
    gzip=os.environ.get("SEGMENT_GZIP") == "1",
    on_error=lambda error, _: failures.append(str(error)),
    max_retries=0,
)
client.track(**event)
client.flush()
client.shutdown()
json.dump({"failures": failures}, sys.stdout)
