"""The command line of tests/bench/run."""
import argparse
import dataclasses
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from . import peers, processes, report, rows, special
from .product import ROOT, Product, ProductError

DESCRIPTION = "Measures rosterd beside its limits and PHP-FPM in one interleaved run; see README.md here."


def arguments(words=None):
    parser = argparse.ArgumentParser(prog="tests/bench/run", description=DESCRIPTION)
    parser.add_argument("--state", help="folder of ./run to use; one that runs already is left running"
                                        " (default: a temporary one)")
    parser.add_argument("--demo", type=int, default=1000000, help="persons of a new state (default 1000000)")
    parser.add_argument("--set", action="append", default=[], metavar="SECTION.KEY=VALUE", help="passed on to ./run")
    parser.add_argument("--growth", metavar="DIR", help="also measure growth, with 10,000 persons in this state folder")
    parser.add_argument("--quick", action="store_true", help="the reads alone, one second each, twice")
    parser.add_argument("--rows", default="", metavar="REGEX", help="only the rows whose group or name matches")
    parser.add_argument("--no-writes", action="store_true", help="leave out what changes the directory")
    parser.add_argument("--connections", default="", metavar="N,N",
                        help="only one dialect's reads, at so many connections (the plot's curve)")
    parser.add_argument("--seconds", type=int, default=2, help="of one run (default 2; lists half)")
    parser.add_argument("--repeats", type=int, default=3, help="runs of everything (default 3)")
    parser.add_argument("--noise", type=float, default=0.25,
                        help="(most - least) / median of the rates above which a row is refused (default 0.25)")
    parser.add_argument("--retries", type=int, default=1, help="times a noisy row is measured again (default 1)")
    parser.add_argument("--minutes", type=float, default=10,
                        help="after so many nothing is measured again, only refused (default 10)")
    parser.add_argument("--json", metavar="FILE", help="all figures, written as rows finish")
    parser.add_argument("--markdown", metavar="FILE", help="puts the tables between the markers of this page")
    options = parser.parse_args(words)
    options.curve = [int(count) for count in options.connections.split(",") if count]
    if options.quick:
        options.seconds, options.repeats = 1, 2
    return options


def selected(groups, options):
    """The groups of this run, with the rows that are wanted and the entries that those need."""
    for group in groups:
        if (options.quick and not group.quick) or (options.no_writes and group.writes):
            continue
        if options.curve and not group.name.startswith("curve"):
            continue
        if not options.rows or re.search(options.rows, group.name):
            yield group
            continue
        wanted = tuple(row for row in group.rows if re.search(options.rows, row.name))
        keys = {key for row in wanted for key in row.entries()}
        if wanted:
            yield dataclasses.replace(group, rows=wanted,
                                      entries=tuple(entry for entry in group.entries if entry.key in keys))


def results_of(session, group, options):
    """The rows of a group. Whatever goes wrong in it, the other groups are measured."""
    try:
        if group.special:
            return [report.result_of(group, row, summaries, {}, options.noise)
                    for row, summaries in special.SPECIALS[group.special](session)]
        summaries, failures = session.measure(group)
        return [report.result_of(group, row, summaries, failures, options.noise) for row in group.rows]
    except Exception as error:  # pylint: disable=broad-except
        return [{"group": group.name, "name": group.name, "refused": f"{type(error).__name__}: {error}"}]


def prepare_writes(product):
    """A table like `users` for the bare INSERTs of the limit and of PHP-FPM."""
    product.sql("CREATE DATABASE IF NOT EXISTS rosterd_bench CHARACTER SET utf8mb4; DROP TABLE IF EXISTS"
                " rosterd_bench.users; CREATE TABLE rosterd_bench.users LIKE users")


def measure_all(session, plan, options):
    persons = int(session.product.sql("SELECT COUNT(*) FROM users WHERE deleted_at IS NULL")[0][0])
    whole = report.new_report(ROOT, persons, options)
    print(report.machine_text(whole["machine"]), flush=True)
    try:
        for group in plan:
            print(f"\n== {group.name} ({time.strftime('%H:%M:%S')})", flush=True)
            for result in results_of(session, group, options):
                whole["rows"].append(result)
                print(report.text(result), flush=True)
            if options.json:
                report.write_json(options.json, whole)
    finally:
        if options.markdown and whole["rows"]:
            report.write_markdown(options.markdown, whole)
    return whole


def with_everything(folder, options):
    """Starts all, measures, and ends what was started."""
    from .session import Session
    started = []
    try:
        programs = peers.build_limits(peers.build_folder())
        product = Product(options.state or folder / "state", options.demo, options.set)
        started.append(product)
        targets = {"product": product}
        if options.growth:
            targets["small"] = Product(options.growth, 10000, options.set)
            started.append(targets["small"])
        beside = peers.Peers(folder, product, programs)
        started.append(beside)
        targets.update(php=beside.php, limit=beside.limit)
        if not options.no_writes:
            prepare_writes(product)
        plan = list(selected(rows.groups(os.cpu_count(), options.curve, options.growth, product.totals()),
                             options))
        return measure_all(Session(folder, targets, programs, options), plan, options)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C shall not leave something behind
        for each in reversed(started):
            each.stop()


def require_packages():
    """As ./run does: what is missing is installed."""
    script = f'ROOT={ROOT}; . "$ROOT/packaging/run/common.sh"; require_packages run bench'
    if subprocess.run(["bash", "-c", script], check=False).returncode or not shutil.which("wrk"):
        sys.exit("packages are missing; README.md beside this program names them")


def main():
    options = arguments()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    processes.allow_many_descriptors()
    try:
        report.check_targets(options)
        require_packages()
        with tempfile.TemporaryDirectory(prefix="rosterd-bench-") as folder:
            whole = with_everything(pathlib.Path(folder), options)
    except (ProductError, ValueError) as error:
        sys.exit(f"run: {error}")
    except KeyboardInterrupt:
        sys.exit("run: interrupted; everything that was started has ended")
    refused = sum(1 for result in whole["rows"] if result["refused"])
    missed = sum(budget["verdict"] == "MISSED" for result in whole["rows"] for budget in result.get("budgets", ()))
    print(f"\n{len(whole['rows'])} rows, {refused} refused, {missed} budgets missed")
    return 1 if refused else 0
