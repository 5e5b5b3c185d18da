"""Send the event on standard input with pinterestsdk."""

import json
import os
import sys

from pinterestsdk import ApiClient, Configuration, ConversionEventsApi, ConversionEventsCreate
from pinterestsdk.exceptions import ApiException

event = json.load(sys.stdin)
configuration = Configuration(
    host=os.environ["PINTEREST_API_URI"], access_token=os.environ["PINTEREST_CONVERSION_TOKEN"]
)
try:
    answer = ConversionEventsApi(ApiClient(configuration)).events_create(
        os.environ["PINTEREST_AD_ACCOUNT_ID"], ConversionEventsCreate.from_dict({"data": [event]})
    )
    json.dump({"status": 200, "processed": answer.num_events_processed}, sys.stdout)
except ApiException as error:
    json.dump({"status": error.status, "error": type(error).__name__}, sys.stdout)
