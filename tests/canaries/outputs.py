"""The one table of outputs: everything that mockpin shows, stores, logs or writes.

An output is a function of the scene that gives texts by label. A new route of the application, a new command
and a new format must be listed here, or `test_canaries.py` fails.
"""

import gc
import json
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator

from mockpin import MockPin
from mockpin.cli.shared.errors import describe_internal
from mockpin.emulator.breakdowns import report_breakdown
from mockpin.emulator.logs import write_json, write_text
from mockpin.emulator.pipeline.context import RequestContext
from mockpin.emulator.pipeline.pipelines import Pipeline
from mockpin.emulator.pipeline.requests import HttpRequest
from tests.canaries.scene import ACCESS_TOKEN, HEADERS, Scene, write_lines
from tests.mockpin.sending import AD_ACCOUNT_ID, PATH, TOKEN, conversion_event
from tests.mockpin.serve_process import Serving

Texts = Iterator[tuple[str, bytes]]
#: A program that knows nothing of mockpin.
SENDER = """
import sys, urllib.error, urllib.request

address, token, path = sys.argv[1:]
for line in open(path, "rb"):
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    try:
        urllib.request.urlopen(urllib.request.Request(address, line, headers), timeout=60).read()
    except urllib.error.HTTPError as error:
        error.read()
"""
ACCOUNT = f"/v5/ad_accounts/{AD_ACCOUNT_ID}"
#: Rules of the application's URL map that are read -> paths. `{seq}` and `{id}` are filled with the numbers
#: of the history.
READ = {
    "/v5/ad_accounts/<ad_account_id>/conversion_eqs": (f"{ACCOUNT}/conversion_eqs?lookback_period=7",),
    "/v5/ad_accounts/<ad_account_id>/conversion_tags": (f"{ACCOUNT}/conversion_tags",),
    "/v5/ad_accounts/<ad_account_id>/conversion_tags/<tag_id>": (f"{ACCOUNT}/conversion_tags/1",),
    "/v5/ad_accounts/<ad_account_id>/advertiser_defined_events": (f"{ACCOUNT}/advertiser_defined_events",),
    "/v3/": ("/v3/?event=init",),
    "/ct/core.js": ("/ct/core.js",),
    "/v1/projects/<write_key>/settings": ("/v1/projects/w/settings",),
    "/__mockpin/health": ("/__mockpin/health",),
    "/__mockpin/events": ("/__mockpin/events?limit=1000", "/__mockpin/events?limit=1000&after=1000"),
    "/__mockpin/events/<int:seq>": ("/__mockpin/events/{seq}",),
    "/__mockpin/requests": ("/__mockpin/requests?limit=1000", "/__mockpin/requests?limit=1000&after=1000"),
    "/__mockpin/requests/<int:id>": ("/__mockpin/requests/{id}",),
    "/__mockpin/shadow": ("/__mockpin/shadow",),
    "/__mockpin/clock": ("/__mockpin/clock",),
    "/__mockpin/faults": ("/__mockpin/faults",),
    "/__mockpin/accounts": ("/__mockpin/accounts",),
    "/__mockpin/settings": ("/__mockpin/settings",),
    "/__mockpin/summary": ("/__mockpin/summary",),
    "/__mockpin/quality": ("/__mockpin/quality",),
    "/__mockpin/deduplication": ("/__mockpin/deduplication",),
    "/__mockpin/conduct": ("/__mockpin/conduct",),
    "/__mockpin/stream": ("/__mockpin/stream?after=0", "/__mockpin/stream?after=200"),
    "/__mockpin/openapi.json": ("/__mockpin/openapi.json",),
    "/__mockpin/<path:_>": ("/__mockpin/nothing",),
    "/__mockpin/ui/": ("/__mockpin/ui/", "/__mockpin/ui/?q=is:refused", "/__mockpin/ui/?q=o-1"),
    "/__mockpin/ui/rows": ("/__mockpin/ui/rows",),
    "/__mockpin/ui/changes": ("/__mockpin/ui/changes?after=0",),
    "/__mockpin/ui/events/<int(max=9223372036854775807):seq>": ("/__mockpin/ui/events/{seq}",),
    "/__mockpin/ui/requests": ("/__mockpin/ui/requests", "/__mockpin/ui/requests?tab=refused"),
    "/__mockpin/ui/requests/rows": ("/__mockpin/ui/requests/rows",),
    "/__mockpin/ui/requests/<int(max=9223372036854775807):number>": ("/__mockpin/ui/requests/{id}",),
    "/__mockpin/ui/overview": ("/__mockpin/ui/overview", f"/__mockpin/ui/overview?account={AD_ACCOUNT_ID}"),
    "/__mockpin/ui/charts.css": ("/__mockpin/ui/charts.css",),
    "/__mockpin/ui/workbench": (
        "/__mockpin/ui/workbench?event={seq}",
        "/__mockpin/ui/workbench?request={id}",
    ),
    "/__mockpin/ui/controls": ("/__mockpin/ui/controls",),
    "/__mockpin/ui/<path:_>": ("/__mockpin/ui/nothing",),
    "/livez": ("/livez",),
    "/readyz": ("/readyz",),
    "/": ("/",),
    "/__mockpin/": ("/__mockpin/",),
}
#: Rules that only take something in; the inputs keep what they answer.
TAKEN = {
    "/v5/ad_accounts/<ad_account_id>/events", "/v5/oauth/conversion_token", "/__mockpin/expect",
    "/__mockpin/reset",
    "/__mockpin/faults/<int:number>", "/__mockpin/accounts/<string:ad_account_id>",
    "/__mockpin/ui/workbench/document", "/__mockpin/ui/workbench/send", "/__mockpin/ui/workbench/hash",
    "/__mockpin/ui/workbench/why", "/__mockpin/ui/controls/<string:action>", "/v1/m",
    *(f"/v1/{kind}" for kind in ("track", "page", "screen", "identify", "group", "alias", "batch", "import")),
    *(f"/v1/{kind}" for kind in "tpsigab"),
}  # fmt: skip
#: Files of ours, the same for everyone.
CONSTANT = {"/__mockpin/ui/static/<path:filename>"}
#: Commands that read nothing which a user or a sender wrote.
READ_NOTHING = {"contract", "demo", "explain", "schema"}
#: Every option with a choice of forms -> its forms.
FORMATS = {
    ("validate", "form"): ("text", "json", "junit", "sarif", "github", "html"),
    ("report", "form"): ("text", "json", "html"),
    ("calibrate", "form"): ("text", "json"),
    ("serve", "log_format"): ("text", "json"),
    ("run", "log_format"): ("none", "text", "json"),
}


def read_answers(scene: Scene) -> Texts:
    """What each input was answered."""
    for label, texts in scene.answers.items():
        yield label, b"\n".join(texts)


def read_routes(scene: Scene, step: int) -> Texts:
    """Every route that is read; of the routes of one event or request, every `step`th."""
    numbers = {
        "{seq}": range(1, scene.emulator.store.last_seq + 1, step),
        "{id}": range(1, scene.emulator.store.last_exchange + 1, step),
    }
    for rule, paths in READ.items():
        for path in paths:
            yield f"GET {rule}", b"\n".join(read_path(scene, item) for item in fill(path, numbers))


def fill(path: str, numbers) -> list[str]:
    """The path for each number of its kind, or the path alone."""
    for name, chosen in numbers.items():
        if name in path:
            return [path.replace(name, str(number)) for number in chosen]
    return [path]


def read_path(scene: Scene, path: str) -> bytes:
    """The answer's headers and body; of a stream what comes first."""
    headers = {**HEADERS, "Authorization": f"Bearer {ACCESS_TOKEN}"} if path.startswith("/v5/") else {}
    answer = scene.http.get(path, headers=headers)
    parts = iter(answer.response)
    is_endless = answer.mimetype == "text/event-stream"
    first = [next(parts, b"") for _ in range(2)] if is_endless else list(parts)
    answer.close()
    return str(answer.headers).encode() + b"".join(first)


def read_log(scene: Scene) -> Texts:
    """The lines about requests, in both forms, and those about mockpin's own faults."""
    for write in (write_text, write_json):
        yield f"log, {write.__name__}", "\n".join(map(write, scene.entries)).encode()
    yield "log of breakdowns", scene.read_log()


def read_store(scene: Scene) -> Texts:
    """The bytes of the store file and of the files beside it."""
    for path in sorted(scene.store.parent.glob(f"{scene.store.name}*")):
        yield "store file", path.read_bytes()


def read_validation(scene: Scene) -> Texts:
    """`mockpin validate` in every format, over every form of file."""
    files = scene.write_files()
    for form in FORMATS["validate", "form"]:
        for name, path in files.items():
            origin = ("--from", "segment") if name == "segment.jsonl" else ()
            yield (
                f"validate --format {form}, {name}",
                scene.run_well("validate", path, "--format", form, *origin),
            )
    extras = (
        ("--statistics",),
        ("--diff",),
        ("--profile", "strict"),
        ("--engine", "duckdb"),
        ("--jobs", "2"),
    )
    for flags in extras:
        for name in ("payloads.jsonl", "events.csv"):
            yield f"validate {' '.join(flags)}, {name}", scene.run_well("validate", files[name], *flags)
    baseline = scene.folder / "baseline.json"
    scene.run_well("validate", files["payloads.jsonl"], "--baseline", baseline, "--update-baseline")
    yield "validate --baseline", baseline.read_bytes() if baseline.exists() else b""


def read_reports(scene: Scene) -> Texts:
    """`mockpin report` from the server and from the store, in every format; what `expect` and `wait` say."""
    for form in FORMATS["report", "form"]:
        yield f"report --format {form}", scene.run_well("report", "--url", scene.url, "--format", form)
        yield (
            f"report --store --format {form}",
            scene.run_well("report", "--store", scene.store, "--format", form),
        )
    yield "wait", scene.run_well("wait", "--url", scene.url, "--timeout", "5s")
    flags = ("--url", scene.url, "--timeout", "0s")
    yield "expect", scene.run_well("expect", *flags, "--event-name", "lead", "--count", "100000")
    yield "expect", scene.run_well("expect", *flags, "--event-id", "nobody")


def read_transfers(scene: Scene) -> Texts:
    """What `transform`, `send`, `replay` and `mutate` say, and the files about failures."""
    files = scene.write_files()
    target = ("--to", scene.url, "--ad-account", AD_ACCOUNT_ID, "--token", TOKEN)
    failed, malformed = scene.folder / "failed.jsonl", scene.folder / "malformed.jsonl"
    yield "transform", keep_people(scene.run_well("transform", files["segment.jsonl"]))
    yield "transform --explain", scene.run_well("transform", "--explain", files["segment.jsonl"])
    for name in ("segment.jsonl", "payloads.jsonl", "broken.json"):
        yield (
            f"send {name}",
            scene.run_well(
                "send", files[name], *target, "--failed", failed, "--malformed", malformed, "--skip-invalid"
            ),
        )
        yield f"send --dry-run {name}", keep_people(scene.run_well("send", files[name], "--dry-run"))
    yield "replay", scene.run_well("replay", files["payload.json"], *target)
    yield "mutate", scene.run_well("mutate", files["payload.json"], "--into", scene.folder / "mutations")


def keep_people(output: bytes) -> bytes:
    """An output of conversion events, which are what will be sent: of each only what it says of a person."""
    return b"\n".join(map(keep_person, output.splitlines()))


def keep_person(line: bytes) -> bytes:
    try:
        value = json.loads(line)
    except ValueError:
        return line
    events = value.get("data", [value]) if isinstance(value, dict) else []
    return json.dumps([event.get("user_data") for event in events]).encode()


def read_failures(scene: Scene) -> Texts:
    """What a failing test is told, and the representations of what a test holds."""
    with MockPin(url=scene.url) as mock:
        yield "repr of MockPin", f"{mock!r} {vars(mock)!r}".encode()
    with MockPin() as mock:
        yield "failing expectation", explain_failure(lambda: mock.expect(event_name="nothing", timeout=0))


def explain_failure(call: Callable[[], object]) -> bytes:
    """The traceback of a call that fails."""
    try:
        call()
    except Exception:  # noqa: BLE001 - whatever it is, its text is looked at
        return traceback.format_exc().encode()
    return b""


def break_down(scene: Scene) -> Texts:
    """What is said when mockpin itself fails on each of the user's events."""

    def fail(context):
        raise ValueError(context.request.body.decode())

    for event in (*scene.payloads[:10], *scene.segment_events[:10]):
        body = json.dumps(event)
        context = RequestContext(HttpRequest("POST", PATH, headers={}, body=body.encode()), AD_ACCOUNT_ID)
        yield "answer of a breakdown", scene.emulator.process(context, Pipeline((fail,))).body
        yield "repr of a context", repr(context).encode()
        try:
            raise ValueError(body)
        except ValueError as error:
            report_breakdown(error)
            yield "error of a command that fails", describe_internal(error).encode()
    yield "log of breakdowns", scene.read_log()


def read_representations(_scene: Scene) -> Texts:
    """The `repr` of every object of mockpin's that is alive."""
    packages = ("mockpin", "mockpin_validator", "mockpin_transformer")
    for value in gc.get_objects():
        kind = type(value)
        if str(kind.__module__).partition(".")[0] in packages:
            yield f"repr of {kind.__name__}", repr(value).encode("utf-8", "replace")


def read_quick_validation(scene: Scene) -> Texts:
    """`mockpin validate` in every format over one file, and in one format over the others."""
    files = scene.write_files()
    for form in FORMATS["validate", "form"]:
        yield (
            f"validate --format {form}",
            scene.run_well("validate", files["payloads.jsonl"], "--format", form),
        )
    for name in ("session.har", "events.csv", "broken.json"):
        yield f"validate {name}", scene.run_well("validate", files[name], "--format", "json")
    yield "validate --from segment", scene.run_well("validate", files["segment.jsonl"], "--from", "segment")


def read_quick_reports(scene: Scene) -> Texts:
    """`mockpin report` of the store in every format."""
    for form in FORMATS["report", "form"]:
        yield f"report --format {form}", scene.run_well("report", "--store", scene.store, "--format", form)


def read_processes(scene: Scene) -> Texts:
    """What `serve`, `tail` and `run` write while events come in."""
    for form in FORMATS["serve", "log_format"]:
        with Serving(scene.folder, "--account", f"{AD_ACCOUNT_ID}={TOKEN}", "--log-format", form) as serving:
            for event in scene.payloads[:100]:
                body = json.dumps({"data": [event]}).encode()
                serving.get(PATH, body, **HEADERS)
            serving.process.terminate()
            yield f"serve --log-format {form}", "".join(serving.process.communicate(timeout=60)).encode()
    yield "tail", follow_events(scene)
    for form, report in zip(("none", "text", "json", "text"), run_reports(scene), strict=True):
        output = run_sender(scene, "--log-format", form, "--report", report)
        assert b"answered by mockpin" in output
        yield f"run --log-format {form} --report {report.partition('=')[0]}", output
    yield "run --report html", (scene.folder / "run.html").read_bytes()


def run_reports(scene: Scene) -> tuple[str, ...]:
    """What `mockpin run --report` may be."""
    return ("short", "full", "json", f"html={scene.folder / 'run.html'}")


def run_sender(scene: Scene, *flags: str) -> bytes:
    """What `mockpin run` writes around a sender that posts some payloads to Pinterest's host."""
    sender, payloads = scene.folder / "sender.py", scene.folder / "some.jsonl"
    sender.write_text(SENDER)
    payloads.write_text(write_lines({"data": [event]} for event in scene.payloads[::7]))
    address = f"https://api.pinterest.com{PATH}"
    command = (
        *flags,
        "--account",
        f"{AD_ACCOUNT_ID}={TOKEN}",
        "--",
        sys.executable,
        sender,
        address,
        TOKEN,
        payloads,
    )
    run = [sys.executable, "-m", "mockpin", "run", *map(str, command)]
    done = subprocess.run(run, capture_output=True, check=False, timeout=300)
    return done.stdout + done.stderr


def follow_events(scene: Scene) -> bytes:
    """What `mockpin tail` prints of events that come while it runs."""
    command = [sys.executable, "-m", "mockpin", "tail", "--url", scene.url, "--all"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as tail:
        tail.stderr.readline()  # it follows
        for event in scene.payloads[:100]:
            scene.post_event(event)
        scene.post_event(conversion_event(event_id="the-last"))
        lines = []
        for line in tail.stdout:
            lines.append(line)
            if b"the-last" in line:
                break
        tail.terminate()
    return b"".join(lines)


#: Outputs of the fast suite, which reads the page of every 61st event or request.
QUICK = {
    "answers": read_answers,
    "routes": lambda scene: read_routes(scene, 61),
    "log": read_log,
    "store": read_store,
    "quick validation": read_quick_validation,
    "quick reports": read_quick_reports,
    "breakdowns": break_down,
    "representations": read_representations,
}
#: All outputs.
WHOLE = {
    **QUICK,
    "routes": lambda scene: read_routes(scene, 29),
    "validation": read_validation,
    "reports": read_reports,
    "transfers": read_transfers,
    "failures": read_failures,
    "processes": read_processes,
}
#: Command -> the output, or the input, that reads what it writes.
COMMANDS_READ = {
    "serve": "processes", "run": "processes", "tail": "processes", "validate": "validation",
    "transform": "transfers", "send": "transfers", "replay": "transfers", "mutate": "transfers",
    "expect": "reports", "wait": "reports", "report": "reports", "hash": "argument of hash",
    "why-hash": "argument of hash", "calibrate": "credentials",
}  # fmt: skip
#: Where a canary may be shown: the beginning of a label -> why.
MAY_SHOW = {
    "transfers: send --dry-run payloads.jsonl": "prints what it would send, which is the user's own file",
    "answers: GET /__mockpin/ui/, asked": "a page repeats the search of its reader, as its address does",
    "answers: GET /__mockpin/ui/requests, asked": "as above",
    "answers: GET /__mockpin/ui/rows, asked": "as above",
    "answers: POST /v5/ad_accounts/<ad_account_id>/events": "a sender's own answer may name its value",
}
