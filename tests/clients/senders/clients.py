"""Send the payload of the second argument to Pinterest with the client of the first; print the status."""

import asyncio
import sys

CLIENT, BODY = sys.argv[1:]
URL = "https://api.pinterest.com/v5/ad_accounts/549755885175/events"
HEADERS = {"Authorization": "Bearer pina_example", "Content-Type": "application/json"}


def use_requests():
    import requests

    return requests.post(URL, data=BODY, headers=HEADERS, timeout=20).status_code


def use_httpx():
    import httpx

    return httpx.post(URL, content=BODY, headers=HEADERS, timeout=20).status_code


def use_urllib():
    import urllib.request

    return urllib.request.urlopen(urllib.request.Request(URL, BODY.encode(), HEADERS), timeout=20).status


def use_urllib3():
    import urllib3

    return urllib3.PoolManager().request("POST", URL, body=BODY, headers=HEADERS).status


async def use_aiohttp():
    import aiohttp

    async with aiohttp.ClientSession() as session, session.post(URL, data=BODY, headers=HEADERS) as answer:
        return answer.status


def use_aiohttp_on_uvloop():
    import uvloop

    return uvloop.run(use_aiohttp())


WAYS = {
    "requests": use_requests,
    "httpx": use_httpx,
    "urllib": use_urllib,
    "urllib3": use_urllib3,
    "aiohttp": lambda: asyncio.run(use_aiohttp()),
    "aiohttp-uvloop": use_aiohttp_on_uvloop,
}
print(WAYS[CLIENT]())  # noqa: T201 - it is a program
