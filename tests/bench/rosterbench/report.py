"""The results: rows with their verdicts, as text, Markdown and JSON."""
import json
import os
import pathlib
import platform
import re
import subprocess
import time

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def verdict(budget, value):
    """aim, must or MISSED."""
    def holds(bound):
        return value >= bound if budget.sense == ">=" else value <= bound
    if holds(budget.aim):
        return "aim"
    return "must" if holds(budget.must) else "MISSED"


def value_of(budget, row, summaries):
    """The figure that a budget is about, or None where it was not measured."""
    subject = summaries[row.subject].get(budget.figure)
    if not budget.of or subject is None:
        return subject
    other = summaries.get(getattr(row, budget.of), {}).get(budget.figure)
    return subject / other * budget.scale if other else None


def judged(budget, row, summaries):
    value = value_of(budget, row, summaries)
    return {"label": budget.label, "sense": budget.sense, "must": finite(budget.must), "aim": budget.aim,
            "unit": budget.unit, "value": value, "verdict": "unknown" if value is None else verdict(budget, value)}


def finite(number):
    return None if number == float("inf") else number


def result_of(group, row, summaries, failures, noise):
    """One row as it is written to JSON; `refused` says why it has no figures."""
    result = {"group": group.name, "name": row.name, "refused": None}
    broken = [f"{key}: {failures[key]}" for key in row.entries() if key in failures]
    if broken:
        return {**result, "refused": "; ".join(broken)}
    failed = [key for key in row.entries() if summaries[key].get("failed")]
    if failed and not any(budget.figure == "failed" for budget in row.budgets):
        figures = summaries[failed[0]]
        return {**result, "refused": f"{figures['failed']:.0f} of {figures['requests']:.0f} requests of {failed[0]} failed"}
    noisy = {key: summaries[key]["noise"] for key in row.entries() if summaries[key]["noise"] > noise}
    result["connections"] = summaries[row.subject]["connections"]
    if noisy:
        worst = max(noisy, key=noisy.get)
        return {**result, "refused": f"the runs of {worst} differ by {noisy[worst]:.0%}, more than {noise:.0%}"}
    for part in ("subject", "peer", "limit", "base"):
        key = getattr(row, part)
        result[part] = {**summaries[key], "entry": key} if key else None
    result["budgets"] = [judged(budget, row, summaries) for budget in row.budgets]
    return result


YARDSTICKS = {"limit": "floor of one read", "insert": "bare INSERT over the C API", "hash": "check of a password hash",
              "like": "PHP-FPM: LIKE", "php-deep": "PHP-FPM: the same far page", "php-list": "PHP-FPM: page 1 of 20",
              "php-create": "PHP-FPM: bare INSERT"}


def number(value, digits=3):
    """Three digits that count, thousands with commas."""
    if value is None:
        return "–"
    if value >= 1000:
        return f"{round(value, -1):,.0f}"
    if value == 0 or value >= 100:
        return f"{value:.0f}"
    return f"{value:.{digits}g}"


def ratio(result, part, figure):
    other = result.get(part)
    if not other or not other.get(figure) or result["subject"].get(figure) is None:
        return "–"
    return number(result["subject"][figure] / other[figure]) + "×"


def cpu_text(figures):
    if "cpu" not in figures:
        return "–"
    parts = " + ".join(number(figures["cpu"].get(name, 0)) for name in ("nginx", "workers", "database"))
    return f"{parts} = {number(figures['cpu_us'])}"


def bound(budget, which):
    limit = budget[which]
    return "–" if limit is None else ("≥ " if budget["sense"] == ">=" else "≤ ") + number(limit)


def budget_text(budget):
    value = "–" if budget["value"] is None else number(budget["value"]) + budget["unit"]
    return (f"{budget['label']} {value} (must {bound(budget, 'must')}, aim {bound(budget, 'aim')}):"
            f" {budget['verdict']}")


def cells(result):
    figures = result["subject"]
    return [result["name"], str(figures["connections"]), number(figures.get("rps")), number(figures.get("p50_ms")),
            number(figures.get("p99_ms")), cpu_text(figures), number(figures.get("load_us")),
            ratio(result, "limit", "rps"), ratio(result, "peer", "rps")]


HEADINGS = ["row", "conn.", "req/s", "p50 ms", "p99 ms", "CPU µs: nginx + workers + database", "load", "of limit",
            "of PHP-FPM"]


def headline(result):
    figures = result["subject"]
    if "rps" not in figures:
        return result["name"]
    row = dict(zip(HEADINGS, cells(result)))
    return (f"{result['name']}, c={row['conn.']}: {row['req/s']}/s, p50 {row['p50 ms']} ms, p99 {row['p99 ms']} ms,"
            f" CPU µs {cpu_text(figures)} (load {row['load']}), limit {row['of limit']}, PHP {row['of PHP-FPM']}")


def text(result):
    """A row on the terminal: figures, verdicts, command."""
    if result["refused"]:
        return f"{result['name']}: REFUSED, {result['refused']}"
    lines = [headline(result)]
    failed = result["subject"].get("failed")
    if failed:
        lines.append(f"    {failed} of {result['subject']['requests']} requests failed")
    lines += ["    " + budget_text(budget) for budget in result["budgets"]]
    return "\n".join(lines + ["    " + result["subject"]["command"]])


def table(headings, lines):
    return "\n".join("| " + " | ".join(line) + " |" for line in [headings, ["---"] * len(headings)] + lines)


def verdict_lines(results):
    for result in results:
        for budget in result.get("budgets", ()):
            yield [result["name"], str(result["connections"]), budget["label"],
                   "–" if budget["value"] is None else number(budget["value"]) + budget["unit"],
                   bound(budget, "must"), bound(budget, "aim"), budget["verdict"]]


def yardstick_lines(results):
    """What the rows were held against, each once a group."""
    seen = set()
    for result in results:
        for part in ("limit", "peer"):
            figures = result[part]
            if figures and (result["group"], figures["entry"]) not in seen:
                seen.add((result["group"], figures["entry"]))
                yield [YARDSTICKS.get(figures["entry"].split()[0], figures["entry"].replace("php-", "PHP-FPM: ")),
                       str(figures["connections"]), number(figures["rps"]), number(figures["p50_ms"]),
                       number(figures["p99_ms"]), cpu_text(figures)]


def markdown(report):
    """What stands between the markers of docs/performance.md."""
    good = [result for result in report["rows"] if not result["refused"]]
    parts = [f"Measured {report['date']} on {machine_text(report['machine'])};"
             f" {report['options']['repeats']} runs of {report['options']['seconds']} s of each, medians;"
             f" no row whose runs differ by more than {report['options']['noise']:.0%}.",
             table(HEADINGS, [cells(result) for result in good if "p50_ms" in result["subject"]]),
             "They were held against:",
             table(HEADINGS[:6], list(yardstick_lines(good))), "The budgets:",
             table(["row", "conn.", "budget", "measured", "must", "aim", "verdict"], list(verdict_lines(good)))]
    refused = [f"- {result['name']}: {result['refused']}" for result in report["rows"] if result["refused"]]
    if refused:
        parts.append("Refused:\n\n" + "\n".join(refused))
    commands = "\n".join(f"{result['name']}, c={result['connections']}:\n  {result['subject']['command']}" for result in good)
    parts.append("<details><summary>The command of each row</summary>\n\n```\n" + commands + "\n```\n\n</details>")
    return "\n\n".join(parts)


def page_around(path):
    """What stands before and behind the tables of a page; nothing for a new one."""
    if not path.exists():
        return "", "\n"
    page = path.read_text()
    if BEGIN not in page or END not in page:
        raise ValueError(f"{path} has no lines {BEGIN} and {END}")
    return page.split(BEGIN, 1)[0], page.split(END, 1)[1]


def write_markdown(path, report):
    """Puts the tables between the markers of a page, or into a new file."""
    path = pathlib.Path(path)
    before, after = page_around(path)
    path.write_text(f"{before}{BEGIN}\n\n{markdown(report)}\n\n{END}{after}")


def check_targets(options):
    """Whether the results can be written, before minutes are spent on them."""
    if options.markdown:
        page_around(pathlib.Path(options.markdown))
    for path in filter(None, (options.markdown, options.json)):
        folder = pathlib.Path(path).resolve().parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ValueError(f"{path} cannot be written: {error.strerror}") from None
        if not os.access(folder, os.W_OK):
            raise ValueError(f"{path} cannot be written")


def write_json(path, report):
    """At once, so that a broken run leaves the rows that are there."""
    temporary = pathlib.Path(str(path) + ".new")
    temporary.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n")
    temporary.replace(path)


def version_of(*command):
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return "none"
    found = re.search(r"\d+\.\d+(\.\d+)?", answer.stdout + answer.stderr)
    return found.group() if found else "unknown"


def machine():
    cpu = re.search(r"^model name\s*:\s*(.+)$", pathlib.Path("/proc/cpuinfo").read_text(), re.M)
    memory = int(re.search(r"^MemTotal:\s*(\d+)", pathlib.Path("/proc/meminfo").read_text(), re.M).group(1))
    return {"cpu": cpu.group(1) if cpu else platform.machine(), "cores": os.cpu_count(),
            "memory_gb": round(memory / 1024 / 1024), "kernel": platform.release(),
            "mariadb": version_of("mariadbd", "--version"), "nginx": version_of("nginx", "-v"),
            "php": version_of("php-fpm8.2", "-v")}


def machine_text(known):
    return (f"{known['cores']} cores of {known['cpu']}, {known['memory_gb']} GB, Linux {known['kernel']},"
            f" MariaDB {known['mariadb']}, nginx {known['nginx']}, PHP {known['php']};"
            f" {known['persons']:,} persons, commit {known['commit']}")


def commit(root):
    answer = subprocess.run(["git", "-C", root, "rev-parse", "--short", "HEAD"], capture_output=True, text=True,
                            check=False)
    return answer.stdout.strip() or "unknown"


def new_report(root, persons, options):
    return {"date": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
            "machine": {**machine(), "persons": persons, "commit": commit(root)},
            "options": {name: getattr(options, name) for name in ("seconds", "repeats", "noise", "retries")},
            "rows": []}
