"""What no load generator measures: the start of the daemon, and the memory of its workers."""
import pathlib
import socket
import statistics
import struct
import tempfile
import time

from . import calls, processes, rows
from .load import LoadError
from .plan import Budget, Row

STARTS = 10
START_BUDGET = Budget("milliseconds to the first answer", "p50_ms", "", "<=", 50, 20, unit=" ms")
MEMORY_BUDGETS = (Budget("PSS of the largest worker", "pss_mb", "", "<=", 5, 2, unit=" MB"),
                  Budget("RSS of the largest worker", "rss_mb", "", "<=", 12, 12, unit=" MB"),
                  Budget("growth in 100,000 requests", "growth_mb", "", "<=", 0.1, 0.0, unit=" MB"))


def record(kind, content):
    return struct.pack(">BBHHBB", 1, kind, 1, len(content), 0, 0) + content


def pair(name, value):
    return struct.pack(">BI", len(name), len(value) | 1 << 31) + name + value


def fastcgi_request(product):
    """GET of one person, as nginx would send it."""
    parameters = {"REQUEST_METHOD": "GET", "REQUEST_URI": "/api/2.0/users/1", "ROSTERD_DIALECT": "cscart",
                  "ROSTERD_PREFIX": "", "REMOTE_ADDR": "127.0.0.1", "SERVER_NAME": "localhost",
                  "HTTP_AUTHORIZATION": "Basic " + product.words["basic"]}
    content = b"".join(pair(name.encode(), value.encode()) for name, value in parameters.items())
    return record(1, struct.pack(">HB5x", 1, 0)) + record(4, content) + record(4, b"") + record(5, b"")


def rosterd_of(product):
    """The daemon's program, beside that of rosterctl."""
    tool = pathlib.Path(product.bootstrap["rosterctl"][0])
    for path in (tool.parent / "rosterd", tool.parent.parent / "fcgi" / "rosterd"):
        if path.is_file():
            return path
    raise LoadError(f"there is no rosterd beside {tool}")


def connect(path, process, deadline):
    while time.monotonic() < deadline and process.poll() is None:
        client = socket.socket(socket.AF_UNIX)
        client.settimeout(10)
        try:
            client.connect(str(path))
            return client
        except OSError:
            client.close()
            time.sleep(0.0002)
    raise LoadError("the second rosterd did not listen")


def one_start(product, request):
    """Milliseconds from exec to the first byte of the first answer, on sockets of its own."""
    with tempfile.TemporaryDirectory(prefix="rb") as folder:
        command = [rosterd_of(product), "--config", product.state / "rosterd.yaml",
                   "--set", f"server.run_directory={folder}", "--set", "server.read_workers=8",
                   "--set", "server.write_workers=1", "--set", "server.slow_workers=1"]
        begun = time.monotonic()
        process = processes.start(command, pathlib.Path(folder) / "log")
        try:
            with connect(pathlib.Path(folder) / "read.sock", process, begun + 20) as client:
                client.sendall(request)
                answer = client.recv(65536)
            if b"user_id" not in answer:
                raise LoadError("the second rosterd answered: " + repr(answer[:200]))
            return (time.monotonic() - begun) * 1e3
        finally:
            processes.end(process, 20)


def start(session):
    """Rows of the start."""
    times = [one_start(session.product, fastcgi_request(session.product)) for _ in range(STARTS)]
    figures = {"p50_ms": statistics.median(times), "p99_ms": max(times), "connections": 1, "noise": 0,
               "command": "rosterd --config STATE/rosterd.yaml --set server.read_workers=8 …, FastCGI to read.sock"}
    return [(Row("start: exec to first answer, 8 readers", "start", budgets=(START_BUDGET,)), {"start": figures})]


def largest(sizes, kind):
    return max((size[kind] for size in sizes), default=0) / 1024


def reads(session, most):
    """Reads persons with 64 clients until so many answers are there; how many there were."""
    entry = rows.Entry("again", "product", rows.READ, 64, "wrk")
    requests = 0
    while requests < most:
        requests += session.run(entry, ("wrk", entry.connections), max(2, 2 * session.options.seconds))["requests"]
    return requests


def workers_of(product):
    """Sizes of the workers: they bear the master's name, the processes beside them names of their own."""
    return [size for size in processes.memory_kib(product.processes["workers"]) if size["name"] == "rosterd"]


def memory(session):
    """Rows of the memory: the workers after many reads, and how much more after 100,000 and more again."""
    product = session.product
    sent = session.sent + reads(session, 50_000)
    before = {size["pid"]: size["pss"] for size in workers_of(product)}
    requests = reads(session, 100_000)
    after = workers_of(product)
    grown = max((size["pss"] - before[size["pid"]] for size in after if size["pid"] in before), default=0) / 1024
    figures = {"pss_mb": largest(after, "pss"), "rss_mb": largest(after, "rss"), "connections": 64, "noise": 0,
               "growth_mb": max(0.0, grown) * 100_000 / requests,
               "processes": processes.memory_kib(product.processes["workers"]),
               "command": "/proc/PID/smaps_rollup of the workers; " + calls.described(rows.READ)}
    name = f"memory per worker after {sent + requests:,} requests"
    return [(Row(name, "memory", budgets=MEMORY_BUDGETS), {"memory": figures})]


SPECIALS = {"start": start, "memory": memory}
