"""Draws throughput and p99 over connections as SVG, from the JSON of tests/bench/run."""
import argparse
import json
import math
import pathlib
import sys

COLORS = {"rosterd": "#1f5fbf", "floor of one read": "#6b7280", "PHP-FPM": "#c2570c"}
DASHES = {"rosterd": "", "floor of one read": "6 4", "PHP-FPM": ""}
PARTS = {"rosterd": "subject", "floor of one read": "limit", "PHP-FPM": "peer"}
WIDTH, HEIGHT = 920, 400
TOP, BOTTOM = 78, 58
PANELS = ((76, 360), (536, 360))  # left edge and width
ROW = "cscart: read one"


def curves(report):
    """Name -> [(connections, requests per second, p99 in ms, lowest rate, highest rate)], by connections."""
    found = {name: {} for name in PARTS}
    for row in report["rows"]:
        if row["name"] != ROW or row["refused"] or not all(row.get(part) for part in PARTS.values()):
            continue
        for name, part in PARTS.items():
            figures = row[part]
            found[name][row["connections"]] = (figures["rps"], figures["p99_ms"], figures["rps_min"], figures["rps_max"])
    return {name: [(connections, *points[connections]) for connections in sorted(points)]
            for name, points in found.items()}


def nice_top(highest):
    """The end of an axis: 1, 2, 2.5 or 5 times a power of ten, and its step."""
    step = next(factor * 10 ** power for power in range(-2, 9) for factor in (1, 2, 2.5, 5)
                if highest / (factor * 10 ** power) <= 5)
    return math.ceil(highest / step) * step, step


def label(value):
    if value >= 1000:
        return f"{value / 1000:g} k"
    return f"{value:g}"


def text(x, y, words, anchor="middle", size=12, color="#374151", weight="normal"):
    words = words.replace("&", "&amp;").replace("<", "&lt;")
    return (f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{color}"'
            f' font-weight="{weight}">{words}</text>')


class Panel:
    """One pair of axes; connections are spaced by their logarithm."""

    def __init__(self, place, title, connections):
        self.left, self.width = place
        self.title = title
        self.connections = connections
        self.parts = []

    def x(self, connections):
        first, last = math.log(self.connections[0]), math.log(self.connections[-1])
        return self.left + (math.log(connections) - first) / ((last - first) or 1) * self.width

    def frame(self, ticks):
        """The title, horizontal lines at `ticks`, and the numbers of connections."""
        base = HEIGHT - BOTTOM
        self.parts.append(text(self.left, TOP - 16, self.title, "start", 13, "#111827", "bold"))
        for value in ticks:
            y = self.y(value)
            self.parts.append(f'<line x1="{self.left}" y1="{y:.1f}" x2="{self.left + self.width}" y2="{y:.1f}"'
                              ' stroke="#e5e7eb"/>')
            self.parts.append(text(self.left - 8, y + 4, label(value), "end"))
        self.parts.append(f'<line x1="{self.left}" y1="{base}" x2="{self.left + self.width}" y2="{base}"'
                          ' stroke="#6b7280"/>')
        for connections in self.connections:
            self.parts.append(f'<line x1="{self.x(connections):.1f}" y1="{base}" x2="{self.x(connections):.1f}"'
                              f' y2="{base + 5}" stroke="#6b7280"/>')
            self.parts.append(text(self.x(connections), base + 20, str(connections)))
        self.parts.append(text(self.left + self.width / 2, base + 42, "connections"))

    def line(self, name, points):
        path = " ".join(f"{self.x(at):.1f},{self.y(value):.1f}" for at, value in points)
        dash = f' stroke-dasharray="{DASHES[name]}"' if DASHES[name] else ""
        self.parts.append(f'<polyline points="{path}" fill="none" stroke="{COLORS[name]}" stroke-width="2.5"{dash}/>')
        for at, value in points:
            self.parts.append(f'<circle cx="{self.x(at):.1f}" cy="{self.y(value):.1f}" r="3.5" fill="white"'
                              f' stroke="{COLORS[name]}" stroke-width="2"><title>{name}, {at} connections:'
                              f" {value:,.4g}</title></circle>")

    def whisker(self, name, at, low, high):
        self.parts.append(f'<line x1="{self.x(at):.1f}" y1="{self.y(low):.1f}" x2="{self.x(at):.1f}"'
                          f' y2="{self.y(high):.1f}" stroke="{COLORS[name]}" stroke-opacity="0.55"/>')


class Linear(Panel):
    def scale(self, highest):
        self.top, step = nice_top(highest)
        self.frame([step * i for i in range(round(self.top / step) + 1)])

    def y(self, value):
        return HEIGHT - BOTTOM - value / self.top * (HEIGHT - BOTTOM - TOP)


class Logarithmic(Panel):
    def scale(self, lowest, highest):
        self.low = math.floor(math.log10(lowest))
        self.high = max(self.low + 1, math.ceil(math.log10(highest)))
        self.frame([10 ** power for power in range(self.low, self.high + 1)])

    def y(self, value):
        part = (math.log10(max(value, 10 ** self.low)) - self.low) / (self.high - self.low)
        return HEIGHT - BOTTOM - part * (HEIGHT - BOTTOM - TOP)


def legend():
    x, parts = PANELS[0][0], []
    for name in PARTS:
        dash = f' stroke-dasharray="{DASHES[name]}"' if DASHES[name] else ""
        parts.append(f'<line x1="{x}" y1="26" x2="{x + 30}" y2="26" stroke="{COLORS[name]}" stroke-width="2.5"{dash}/>')
        parts.append(text(x + 38, 30, name, "start", 13))
        x += 60 + 8 * len(name)
    return parts


def svg(report):
    """The picture of a report; ValueError when it has no curve."""
    lines = curves(report)
    connections = sorted({point[0] for points in lines.values() for point in points})
    if len(connections) < 2:
        raise ValueError(f'the rows "{ROW}" are not there at two numbers of connections')
    rate = Linear(PANELS[0], "requests per second (bars: range of the runs)", connections)
    rate.scale(max(point[4] for points in lines.values() for point in points))
    delay = Logarithmic(PANELS[1], "99th percentile, milliseconds", connections)
    delays = [point[2] for points in lines.values() for point in points]
    delay.scale(min(delays), max(delays))
    for name, points in lines.items():
        for at, _, _, low, high in points:
            rate.whisker(name, at, low, high)
        rate.line(name, [(point[0], point[1]) for point in points])
        delay.line(name, [(point[0], point[2]) for point in points])
    machine = report["machine"]
    foot = (f"Read one, authenticated, {machine['persons']:,} persons; {machine['cores']} cores shared with the load"
            f" generator; {report['date']}")
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT + 18}" width="{WIDTH}"'
        f' height="{HEIGHT + 18}" font-family="DejaVu Sans, Helvetica, Arial, sans-serif">',
        f'<rect width="{WIDTH}" height="{HEIGHT + 18}" fill="white"/>', *legend(), *rate.parts, *delay.parts,
        text(PANELS[0][0], HEIGHT + 8, foot, "start", 11, "#6b7280"), "</svg>", ""])


def main():
    parser = argparse.ArgumentParser(prog="tests/bench/plot", description=__doc__)
    parser.add_argument("figures", help="JSON of tests/bench/run")
    parser.add_argument("picture", help="SVG to write")
    options = parser.parse_args()
    try:
        picture = svg(json.loads(pathlib.Path(options.figures).read_text()))
    except (OSError, ValueError, KeyError) as error:
        sys.exit(f"plot: {error}")
    pathlib.Path(options.picture).write_text(picture)
