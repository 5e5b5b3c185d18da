"""CORS for the routes that browsers call from other sites: Segment's browser SDK and Pinterest's tag.

Both services let every site call them. The admin API, the pages and Pinterest's API do not use this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

if TYPE_CHECKING:
    from flask import Blueprint, Response

#: Seconds for which a browser may remember the answer to a preflight request.
MAX_AGE = 600


def allow_other_sites(routes: Blueprint) -> None:
    """Let pages of every site call the routes of a blueprint, and answer their preflight requests."""
    routes.after_request(add_headers)


def add_headers(answer: Response) -> Response:
    """Add the CORS headers to the answer for the request that Flask is serving."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    wanted = request.headers.get("Access-Control-Request-Headers")
    if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
        answer.headers["Access-Control-Allow-Methods"] = answer.headers.get("Allow", "")
        answer.headers["Access-Control-Max-Age"] = str(MAX_AGE)
        if wanted:
            answer.headers["Access-Control-Allow-Headers"] = wanted
    return answer
