"""Load: one run of wrk, of the probe or of a limit program against one target, as figures."""
import dataclasses
import json
import os
import pathlib
import subprocess
import sys

from . import processes

HERE = pathlib.Path(__file__).resolve().parent
RESULT = ("requests", "duration_us", "p50_us", "p99_us", "max_us", "refused", "broken")


class LoadError(Exception):
    """A load generator did not do its work."""


@dataclasses.dataclass
class Run:
    """What a load generator is told to do."""
    command: list
    target: object
    seconds: int


def wrk_command(target, requests, connections, seconds):
    return ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "8s",
            "-s", HERE / "load.lua", f"http://127.0.0.1:{target.port}", "--", requests]


def probe_command(target, requests, connections, seconds):
    return [sys.executable, HERE / "probe.py", "--connections", connections, "--seconds", seconds,
            target.port, requests]


def parse_wrk(output):
    line = next((line for line in output.splitlines() if line.startswith("RESULT ")), None)
    if line is None:
        raise LoadError("wrk said: " + output.strip()[-300:])
    figures = dict(zip(RESULT, map(int, line.split()[1:])))
    figures["seconds"] = figures.pop("duration_us") / 1e6
    return figures


def parse_json(output):
    try:
        return json.loads(output.splitlines()[-1])
    except (IndexError, ValueError):
        raise LoadError("the load generator said: " + output.strip()[-300:]) from None


def measure(command, target, timeout):
    """Runs a load generator against `target`: requests per second, latencies, CPU per request."""
    before = {name: processes.cpu_us(pid) for name, pid in target.processes.items()}
    process = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True, start_new_session=True)
    try:
        used_before = os.times()
        output = process.communicate(timeout=timeout)[0]
        used = os.times()
    except BaseException as error:
        process.kill()
        process.wait()
        if isinstance(error, subprocess.TimeoutExpired):
            raise LoadError(f"{command[0]} did not end within {timeout} seconds") from None
        raise
    raw = parse_wrk(output) if str(command[0]) == "wrk" else parse_json(output)
    load_us = (used.children_user - used_before.children_user
               + used.children_system - used_before.children_system) * 1e6
    cost = {name: processes.cpu_us(pid) - before[name] for name, pid in target.processes.items()}
    return figures_of(raw, cost, load_us)


def figures_of(raw, cost, load_us):
    """The figures of one run, from what the load generator counted and what the processes used."""
    requests = max(raw["requests"], 1)
    figures = {"requests": raw["requests"], "rps": raw["requests"] / raw["seconds"] if raw["seconds"] else 0,
               "refused": raw.get("refused", 0), "broken": raw.get("broken", 0)}
    for name in ("p50", "p99", "max"):
        figures[name + "_ms"] = raw[name + "_us"] / 1e3
    figures["cpu"] = {name: used / requests for name, used in cost.items()}
    figures["cpu_us"] = sum(figures["cpu"].values())
    figures["load_us"] = load_us / requests
    if "answered" in raw:
        figures["unanswered"] = raw["connections"] - raw["answered"]
    return figures
