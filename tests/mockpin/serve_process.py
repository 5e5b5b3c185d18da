"""`mockpin serve` as a process of its own."""

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request


class Serving:
    """A running `mockpin serve` on a free port."""

    def __init__(self, folder, *flags, **environment):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mockpin", "serve", "--port", "0", *flags],
            cwd=folder, env={**os.environ, "PYTHONUNBUFFERED": "1", **environment}, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        self.said = []
        for line in self.process.stdout:
            self.said.append(line.strip())
            if line.startswith("mockpin ready "):
                break
        self.url = self.said[-1].removeprefix("mockpin ready ") if self.said else None

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.process.kill()
        self.process.communicate()

    def get(self, path, body=None, **headers):
        request = urllib.request.Request(self.url + path, body, headers)
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())

    def end(self, sign=signal.SIGTERM):
        self.process.send_signal(sign)
        _, errors = self.process.communicate(timeout=60)
        return self.process.returncode, errors
