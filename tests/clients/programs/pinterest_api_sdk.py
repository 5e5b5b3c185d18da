"""Send the event on standard input with pinterest-api-sdk, which reads PINTEREST_API_URI."""

import json
import os
import sys

from openapi_generated.pinterest_client.exceptions import ApiException
from pinterest.ads.conversion_events import Conversion
from pinterest.client import PinterestSDKClient

event = json.load(sys.stdin)
client = PinterestSDKClient.create_client_with_token(os.environ["PINTEREST_CONVERSION_TOKEN"])
try:
    answer = Conversion.send_conversion_events(
        os.environ["PINTEREST_AD_ACCOUNT_ID"], [Conversion.create_conversion_event(**event)], client=client
    )
    json.dump({"status": 200, "processed": answer.num_events_processed}, sys.stdout)
except ApiException as error:
    json.dump({"status": error.status, "error": type(error).__name__}, sys.stdout)
