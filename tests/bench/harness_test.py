#!/usr/bin/env python3
"""The harness's own tests: what it reads, refuses, writes and draws. No timing is asserted."""
import argparse
import pathlib
import socket
import sys
import tempfile
import threading
import time
import unittest
import xml.etree.ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from rosterbench import calls, load, main, plan, plot, probe, report, rows, session  # noqa: E402

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
WORDS = {"bedita_key": "k3y", "bearer": "jwt"}
TOTALS = {"cscart": 1_200_000, "bedita": 980_020}


def run(rps, **more):
    """One run's figures."""
    return {"requests": 100, "rps": rps, "refused": 0, "broken": 0, "failed": 0, "p50_ms": 1.0, "p99_ms": 4.0,
            "max_ms": 9.0, "cpu": {"nginx": 20.0, "workers": 30.0, "database": 50.0}, "cpu_us": 100.0, "load_us": 10.0,
            **more}


def measured(*rates, **more):
    """The summary of an entry with runs of these rates."""
    return {**session.summary([run(rate, **more) for rate in rates]), "connections": 64, "command": "wrk …"}


RATE = plan.Budget("rate of PHP-FPM's", "rps", "peer", ">=", 3, 5, unit="×")
ROW = plan.Row("cscart: read one", "ours", peer="php", limit="floor", budgets=(RATE,))
GROUP = plan.Group("reads", tuple(plan.Entry(key, call=rows.READ) for key in ("ours", "php", "floor")), (ROW,))


def result(ours=(10, 10), php=(2, 2), floor=(20, 20), noise=0.25, failures=()):
    summaries = {"ours": measured(*ours), "php": measured(*php), "floor": measured(*floor)}
    return report.result_of(GROUP, ROW, summaries, dict(failures), noise)


def whole(*results):
    return {"date": "2026-01-02 03:04 UTC", "rows": list(results),
            "machine": {"cpu": "Some CPU", "cores": 2, "memory_gb": 8, "kernel": "6.1", "mariadb": "10.11", "nginx": "1.22",
                        "php": "8.2", "persons": 1000000, "commit": "abc1234"},
            "options": {"seconds": 2, "repeats": 3, "noise": 0.25, "retries": 1}}


class Load(unittest.TestCase):
    def test_reads_the_result_line_of_wrk(self):
        figures = load.parse_wrk("Running 2s test\nRESULT 5000 2000000 800 3000 9000 7 1\n")
        self.assertEqual((figures["requests"], figures["seconds"], figures["refused"], figures["broken"]),
                         (5000, 2.0, 7, 1))

    def test_says_what_wrk_said_instead(self):
        with self.assertRaisesRegex(load.LoadError, "unable to connect"):
            load.parse_wrk("unable to connect to 127.0.0.1:1\n")

    def test_divides_the_cpu_of_each_process_by_the_requests(self):
        raw = {"requests": 1000, "seconds": 2.0, "p50_us": 500, "p99_us": 4000, "max_us": 9000}
        figures = load.figures_of(raw, {"nginx": 20000, "workers": 30000}, 5000)
        self.assertEqual(figures["rps"], 500)
        self.assertEqual(figures["cpu"], {"nginx": 20, "workers": 30})
        self.assertEqual((figures["cpu_us"], figures["load_us"], figures["p50_ms"]), (50, 5, 0.5))


class Requests(unittest.TestCase):
    def test_come_back_from_the_file_as_they_went(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "requests"
            probe.write_requests(path, [b"GET / HTTP/1.1\r\n\r\n", b"POST / HTTP/1.1\r\n\r\n12\n34"])
            self.assertEqual(probe.read_requests(path), [b"GET / HTTP/1.1\r\n\r\n", b"POST / HTTP/1.1\r\n\r\n12\n34"])

    def test_hold_the_credentials_and_the_length_of_the_body(self):
        request = calls.raw(rows.CREATE_BEDITA, {**WORDS, "new": "7"}, 8080).decode()
        head, body = request.split("\r\n\r\n")
        self.assertTrue(head.startswith("POST /users HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nX-Api-Key: k3y\r\n"))
        self.assertIn('"username":"b7"', body)
        self.assertIn(f"Content-Length: {len(body)}", head)

    def test_are_described_without_credentials(self):
        self.assertEqual(calls.described(rows.READS["bedita"]), "GET /users/$id -H 'X-Api-Key: $bedita_key'")

    def test_know_a_whole_answer(self):
        self.assertTrue(probe.is_complete(ANSWER))
        self.assertFalse(probe.is_complete(ANSWER[:-1]))
        chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"
        self.assertTrue(probe.is_complete(chunked))
        self.assertFalse(probe.is_complete(chunked[:-5]))
        self.assertTrue(probe.is_complete(b"HTTP/1.1 204 No Content\r\nServer: x\r\n\r\n"))


class Server:
    """Answers every request of its first `served` connections, and never the others."""

    def __init__(self, served):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.served = served
        self.clients = []
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            self.clients.append(client)
            if len(self.clients) <= self.served:
                threading.Thread(target=self.answer, args=(client,), daemon=True).start()

    @staticmethod
    def answer(client):
        while client.recv(4096):
            client.sendall(ANSWER)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for each in [self.listener, *self.clients]:
            each.close()


class Probe(unittest.TestCase):
    def test_counts_connections_that_never_get_an_answer(self):
        with Server(served=3) as server:
            figures = probe.Probe(server.port, 4, [b"GET / HTTP/1.1\r\n\r\n"]).run(0.3, 0.3)
        self.assertEqual((figures["connections"], figures["answered"], figures["broken"]), (4, 3, 1))
        self.assertGreater(figures["requests"], 3)


class Rows(unittest.TestCase):
    def test_are_held_against_must_and_aim(self):
        for value, expected in ((2.9, "MISSED"), (3, "must"), (5, "aim")):
            self.assertEqual(report.verdict(RATE, value), expected)
        at_most = plan.Budget("CPU", "cpu_us", "limit", "<=", 1.6, 1.25)
        for value, expected in ((1.7, "MISSED"), (1.6, "must"), (1.25, "aim")):
            self.assertEqual(report.verdict(at_most, value), expected)

    def test_have_the_ratio_of_the_medians(self):
        row = result(ours=(9, 10, 11), php=(2, 2, 2.2), noise=0.25)
        self.assertIsNone(row["refused"])
        self.assertEqual((row["budgets"][0]["value"], row["budgets"][0]["verdict"]), (5, "aim"))

    def test_are_refused_when_the_runs_differ_too_much(self):
        row = result(php=(2, 3, 4))
        self.assertEqual(row["refused"], "the runs of php differ by 67%, more than 25%")
        self.assertNotIn("subject", row)
        self.assertEqual(report.text(row), "cscart: read one: REFUSED, the runs of php differ by 67%, more than 25%")

    def test_are_refused_when_requests_failed(self):
        summaries = {"ours": measured(10, 10, failed=3), "php": measured(2, 2), "floor": measured(20, 20)}
        row = report.result_of(GROUP, ROW, summaries, {}, 0.25)
        self.assertEqual(row["refused"], "6 of 200 requests of ours failed")

    def test_are_refused_when_a_target_did_not_work(self):
        row = result(failures={"php": "php is answered with 500"})
        self.assertEqual(row["refused"], "php: php is answered with 500")

    def test_of_the_plan_name_entries_of_their_group(self):
        for group in rows.groups(2, [], True, TOTALS):
            known = {entry.key for entry in group.entries}
            self.assertEqual(len(known), len(group.entries), group.name)
            for row in group.rows:
                self.assertLessEqual(set(row.entries()), known, group.name)
                for budget in row.budgets:
                    self.assertTrue(not budget.of or getattr(row, budget.of), row.name)

    def test_of_far_pages_ask_for_the_last_full_one(self):
        self.assertEqual([rows.last_full_page(total) for total in (1_200_000, 1_000_000, 980_020, 41, 3)],
                         [50_000, 50_000, 49_001, 2, 1])
        names = [row.name for group in rows.groups(2, [], False, TOTALS) for row in group.rows]
        self.assertIn("cscart: page 50,000", names)
        self.assertIn("bedita: page 49,001", names)

    def test_can_be_chosen(self):
        options = main.arguments(["--rows", "^start|cscart: create", "--no-writes"])
        chosen = list(main.selected(rows.groups(2, [], False, TOTALS), options))
        self.assertEqual([group.name for group in chosen], ["start"])
        options = main.arguments(["--rows", "cscart: create"])
        chosen = list(main.selected(rows.groups(2, [], False, TOTALS), options))
        self.assertEqual([entry.key for entry in chosen[0].entries], ["insert", "php-create", "cscart: create"])


class ScriptedSession(session.Session):
    """A session whose runs are a list of rates for each entry."""

    def __init__(self, rates, retries, minutes=10):
        self.rates = {key: list(each) for key, each in rates.items()}
        self.order = []
        self.started = time.monotonic()
        self.options = argparse.Namespace(seconds=1, repeats=2, noise=0.25, retries=retries, minutes=minutes)

    def check(self, entry):
        return "wrk", entry.connections

    def run(self, entry, how, seconds):
        self.order.append(entry.key)
        return run(self.rates[entry.key].pop(0))

    def described(self, entry, how, seconds):
        return "wrk …"


class Measuring(unittest.TestCase):
    def test_takes_turns(self):
        scripted = ScriptedSession({"ours": [10, 10], "php": [2, 2], "floor": [20, 20]}, retries=1)
        scripted.measure(GROUP)
        self.assertEqual(scripted.order, ["ours", "php", "floor", "ours", "php", "floor"])

    def test_takes_a_noisy_row_again_from_the_start(self):
        scripted = ScriptedSession({"ours": [10, 10, 8, 8], "php": [2, 4, 2, 2], "floor": [20, 20, 16, 16]}, retries=1)
        summaries, _ = scripted.measure(GROUP)
        self.assertEqual([summaries[key]["rps"] for key in ("ours", "php", "floor")], [8, 2, 16])
        self.assertIsNone(report.result_of(GROUP, ROW, summaries, {}, 0.25)["refused"])

    def test_gives_up_after_the_retries(self):
        scripted = ScriptedSession({"ours": [10] * 4, "php": [2, 4] * 2, "floor": [20] * 4}, retries=1)
        summaries, _ = scripted.measure(GROUP)
        self.assertIn("php differ", report.result_of(GROUP, ROW, summaries, {}, 0.25)["refused"])

    def test_takes_nothing_again_when_its_time_is_over(self):
        scripted = ScriptedSession({"ours": [10] * 2, "php": [2, 4], "floor": [20] * 2}, retries=1, minutes=0)
        scripted.measure(GROUP)
        self.assertEqual(len(scripted.order), 6)

    def test_goes_on_after_a_group_that_failed(self):
        broken = ScriptedSession({"ours": [], "php": [], "floor": []}, retries=1)
        found = main.results_of(broken, GROUP, broken.options)
        self.assertEqual([row["refused"] for row in found], ["IndexError: pop from empty list"])


class Markdown(unittest.TestCase):
    def test_replaces_what_stands_between_the_markers(self):
        with tempfile.TemporaryDirectory() as folder:
            page = pathlib.Path(folder) / "performance.md"
            page.write_text(f"# Head\n\n{report.BEGIN}\nold\n{report.END}\n\n## Tail\n")
            report.write_markdown(page, whole(result()))
            written = page.read_text()
        self.assertNotIn("old", written)
        self.assertTrue(written.startswith("# Head\n\n") and written.endswith("\n\n## Tail\n"))
        self.assertIn("Measured 2026-01-02 03:04 UTC on 2 cores of Some CPU", written)
        self.assertIn("| cscart: read one | 64 | 10 | 1 | 4 | 20 + 30 + 50 = 100 | 10 | 0.5× | 5× |", written)
        self.assertIn("| floor | 64 | 20 | 1 | 4 | 20 + 30 + 50 = 100 |", written)
        self.assertIn("| cscart: read one | 64 | rate of PHP-FPM's | 5× | ≥ 3 | ≥ 5 | aim |", written)

    def test_lists_what_was_refused_without_figures(self):
        written = report.markdown(whole(result(php=(2, 4))))
        self.assertIn("- cscart: read one: the runs of php differ by 67%, more than 25%", written)
        self.assertNotIn("| cscart: read one |", written)

    def test_leaves_a_page_without_markers_alone(self):
        with tempfile.TemporaryDirectory() as folder:
            page = pathlib.Path(folder) / "page.md"
            page.write_text("# Head\n")
            with self.assertRaises(ValueError):
                report.check_targets(argparse.Namespace(markdown=page, json=None))
            with self.assertRaises(ValueError):
                report.write_markdown(page, whole(result()))
            self.assertEqual(page.read_text(), "# Head\n")


class Plot(unittest.TestCase):
    def test_draws_three_lines_in_each_of_two_panels(self):
        points = [dict(result(), connections=connections) for connections in (1, 64, 256)]
        picture = xml.etree.ElementTree.fromstring(plot.svg(whole(*points)))
        space = "{http://www.w3.org/2000/svg}"
        self.assertEqual(len(picture.findall(f"{space}polyline")), 6)
        self.assertEqual(len(picture.findall(f"{space}circle")), 18)
        words = [text.text for text in picture.findall(f"{space}text")]
        for word in ("rosterd", "PHP-FPM", "floor of one read", "64", "256"):
            self.assertIn(word, words)

    def test_says_so_when_there_is_no_curve(self):
        with self.assertRaisesRegex(ValueError, "two numbers of connections"):
            plot.svg(whole(result()))

    def test_leaves_out_refused_rows(self):
        points = [dict(result(), connections=1), dict(result(), connections=16), dict(result(php=(2, 4)), connections=64)]
        self.assertEqual([point[0] for point in plot.curves(whole(*points))["rosterd"]], [1, 16])


if __name__ == "__main__":
    unittest.main()
