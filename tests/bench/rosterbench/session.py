"""A session: everything that runs, and the interleaved measuring of groups."""
import os
import pathlib
import shlex
import signal
import socket
import statistics
import sys
import threading
import time

from . import calls, load, processes
from .probe import is_complete, write_requests
from .product import ProductError

SLOW_MS = 15  # a call that takes longer is measured by the probe, which waits for the last answers,
SLOW_CONNECTIONS = 2  # and on so many connections: more would only wait for each other
LEAST_BODY = 10  # bytes: an empty 200 would be the fastest of all


class Program:
    """The target of a limit program: only the database works for it, or nobody."""

    def __init__(self, **pids):
        self.port = 0
        self.processes = pids


def send_once(port, request, timeout=60):
    """One request on a fresh connection: its answer, and milliseconds."""
    begun = time.monotonic()
    answer = b""
    with socket.create_connection(("127.0.0.1", port), timeout) as client:
        client.sendall(request)
        while not is_complete(answer):
            part = client.recv(1 << 20)
            if not part:
                raise load.LoadError("the connection was closed without an answer")
            answer += part
    return answer, (time.monotonic() - begun) * 1e3


class Session:
    """`targets`: product, php, limit, and small when growth is measured."""

    def __init__(self, folder, targets, programs, options):
        self.folder = pathlib.Path(folder)
        self.product = targets["product"]
        self.targets = {**targets, "database": Program(database=self.product.processes["database"]),
                        "nobody": Program()}
        self.programs = programs
        self.options = options
        self.started = time.monotonic()
        self.seed = int(time.time()) % 1_000_000 * 1000
        self.sent = 0

    def site(self, entry):
        """The product whose persons a call asks for."""
        return self.targets["small"] if entry.target == "small" else self.product

    def write_requests(self, call, site, port):
        self.seed += 1
        path = self.folder / f"{self.seed}.requests"
        write_requests(path, calls.requests_of(call, site, port, self.seed))
        return path

    def check(self, entry):
        """The load generator and the connections for an entry. Its call is sent twice: it must be answered
        well, and its time decides."""
        if not entry.call:
            return "program", entry.connections
        port = self.targets[entry.target].port
        self.seed += 1
        requests = calls.requests_of(entry.call, self.site(entry), port, self.seed)
        for request in (requests[0], requests[len(requests) // 2]):
            answer, milliseconds = send_once(port, request)
            head, _, body = answer.partition(b"\r\n\r\n")
            if head[9:12] != b"204" and (head[9:10] != b"2" or len(body) < LEAST_BODY):
                raise load.LoadError(f"{entry.call.name} is answered with {answer[9:12].decode()}"
                                     f" and {len(body)} bytes")
        if entry.load != "auto":
            return entry.load, entry.connections
        if milliseconds > SLOW_MS:
            return "probe", min(entry.connections, SLOW_CONNECTIONS)
        return "wrk", entry.connections

    def command(self, entry, how, requests, seconds):
        target = self.targets[entry.target]
        load_generator, connections = how
        if load_generator == "program":
            name, parallel = entry.program
            words = [self.programs / name, parallel, seconds]
            return words + ([self.product.bootstrap["mysql_socket"], "rosterd_bench"] if name == "limit_insert" else [])
        make = load.probe_command if load_generator == "probe" else load.wrk_command
        return make(target, requests, connections, seconds)

    def run(self, entry, how, seconds):
        """One run of one entry."""
        target = self.targets[entry.target]
        seconds = max(seconds, entry.least)
        requests = self.write_requests(entry.call, self.site(entry), target.port) if entry.call else None
        command = self.command(entry, how, requests, seconds)
        beside = self.start_beside(entry, seconds)
        timers = self.start_reloads(entry, seconds)
        try:
            figures = load.measure(command, target, seconds + 90)
        finally:
            for timer in timers:
                timer.cancel()
            if beside:
                processes.end(beside)
            if requests:
                requests.unlink(missing_ok=True)
        figures["failed"] = figures["refused"] + figures["broken"]
        if entry.program:
            take_as_worker(figures)
        if entry.target == "product":
            self.sent += figures["requests"]
        return figures

    def start_beside(self, entry, seconds):
        if not entry.beside:
            return None
        requests = self.write_requests(entry.beside, self.product, self.product.port)
        flood = processes.start(load.wrk_command(self.product, requests, 16, seconds + 30))
        time.sleep(0.5)
        requests.unlink()
        return flood

    def start_reloads(self, entry, seconds):
        if entry.during != "reload":
            return []
        timers = [threading.Timer(seconds * part, os.kill, (self.product.processes["workers"], signal.SIGHUP))
                  for part in (0.25, 0.6)]
        for timer in timers:
            timer.start()
        return timers

    def measure(self, group):
        """Every entry once in each repeat; noisy rows again, as often as --retries says. Entry -> summary."""
        how = {}
        failures = {}
        for entry in group.entries:
            try:
                how[entry.key] = self.check(entry)
            except (load.LoadError, OSError, ProductError, ValueError) as error:
                failures[entry.key] = str(error)
        summaries = {}
        again = {entry.key for entry in group.entries} - set(failures)
        for _ in range(1 + self.options.retries):
            summaries.update(self.round_robin(group, again, how, failures))
            noisy = {key for key, summary in summaries.items() if summary["noise"] > self.options.noise}
            again = {key for row in group.rows if noisy & set(row.entries()) for key in row.entries()} - set(failures)
            if not again or time.monotonic() - self.started > 60 * self.options.minutes:
                break
        return summaries, failures

    def round_robin(self, group, keys, how, failures):
        entries = [entry for entry in group.entries if entry.key in keys]
        seconds = max(1, round(self.options.seconds * group.share))
        runs = {entry.key: [] for entry in entries}
        for _ in range(self.options.repeats):
            for entry in entries:
                if entry.key in failures:
                    continue
                try:
                    runs[entry.key].append(self.run(entry, how[entry.key], seconds))
                except (load.LoadError, OSError, ProductError, ValueError) as error:
                    failures[entry.key] = str(error)
        return {entry.key: {**summary(runs[entry.key]), "connections": how[entry.key][1],
                            "command": self.described(entry, how[entry.key], seconds)}
                for entry in entries if entry.key not in failures}

    def described(self, entry, how, seconds):
        """The command of an entry as one can type it, with $words instead of credentials."""
        if not entry.call:
            name, parallel = entry.program
            return f"{name} {parallel} {seconds}"
        target = self.targets[entry.target]
        words = map(str, self.command(entry, how, "FILE", max(seconds, entry.least)))
        line = shlex.join(word.replace(sys.executable, "python3").replace(str(load.HERE), "rosterbench")
                          for word in words)
        return f"{line}  # {calls.described(entry.call)}".replace(f":{target.port}", ":PORT").replace(
            f" {target.port} ", " PORT ")


def take_as_worker(figures):
    """A limit program does the work of the workers itself; it is no load generator."""
    figures["cpu"]["workers"] = figures["load_us"]
    figures["cpu_us"] += figures["load_us"]
    figures["load_us"] = 0


def summary(runs):
    """Medians of the runs, the range of their rates, and the noise: range / median."""
    figures = {key: statistics.median(run[key] for run in runs) for key in runs[0] if key != "cpu"}
    figures["cpu"] = {name: statistics.median(run["cpu"][name] for run in runs) for name in runs[0]["cpu"]}
    rates = [run["rps"] for run in runs]
    figures["rps_min"], figures["rps_max"] = min(rates), max(rates)
    figures["noise"] = (max(rates) - min(rates)) / figures["rps"] if figures["rps"] else float("inf")
    for name in ("refused", "broken", "failed", "unanswered", "requests"):
        if name in runs[0]:
            figures[name] = sum(run[name] for run in runs)
    return figures
