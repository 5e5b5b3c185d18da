"""Open a page in a headless Chromium through the proxy of `mockpin run`, until its title is `sent`.

    python open_page.py PAGE.html|SCRIPT.js

A script is bundled by esbuild first. The page is served on this machine, which makes it a secure context.
"""

import http.server
import os
import subprocess
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

source = Path(sys.argv[1])
with TemporaryDirectory() as name:
    folder = Path(name)
    if source.suffix == ".js":
        clients = Path(os.environ["CLIENTS"])
        entry = clients / f"entry-{source.name}"
        entry.write_text(source.read_text())
        bundle = [clients / "node_modules/.bin/esbuild", entry, "--bundle", "--log-level=error"]
        bundle += [f"--outfile={folder / 'bundle.js'}", "--define:process.env.NODE_ENV='production'"]
        subprocess.run(bundle, check=True)
        page = "<!doctype html><title>page</title><body><script src=bundle.js></script>"
        (folder / "page.html").write_text(page)
    else:
        (folder / "page.html").write_text(source.read_text())

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=name)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    words = ["chromium", "--headless=new", "--no-sandbox", f"--user-data-dir={folder / 'profile'}"]
    proxy = os.environ.get("HTTPS_PROXY")
    words += [f"--proxy-server={proxy}", "--proxy-bypass-list=127.0.0.1"] if proxy else ["--no-proxy-server"]
    words += ["--ignore-certificate-errors", "--virtual-time-budget=8000", "--dump-dom"]
    words += [f"http://127.0.0.1:{server.server_port}/page.html"]
    page = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60).stdout
    sys.exit("<title>sent</title>" not in page)
