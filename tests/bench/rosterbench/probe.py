#!/usr/bin/env python3
"""Closed-loop clients that count what wrk cannot see.

wrk counts what completes: neither connections that never get an answer, nor the time of requests that are
still on their way at the end. This waits for them (--drain), so a call that takes a second has an exact rate.
Sends the requests of a file (see load.lua) to 127.0.0.1 and prints one line of JSON."""
import argparse
import itertools
import json
import selectors
import socket
import sys
import time


def read_requests(path):
    """The requests of a file as load.lua reads it."""
    requests = []
    with open(path, "rb") as file:
        while line := file.readline():
            requests.append(file.read(int(line)))
    return requests


def write_requests(path, requests):
    with open(path, "wb") as file:
        file.writelines(b"%d\n%s" % (len(request), request) for request in requests)


def is_complete(answer):
    """Whether `answer` is a whole HTTP/1.1 response."""
    end = answer.find(b"\r\n\r\n")
    if end < 0:
        return False
    head = answer[:end].lower()
    if head[9:12] in (b"204", b"304"):
        return True
    if b"transfer-encoding: chunked" in head:
        return answer.endswith(b"\r\n0\r\n\r\n")
    length = head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0] if b"content-length:" in head else b"0"
    return len(answer) - end - 4 >= int(length)


class Client:
    """One connection: at most one request on its way."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setblocking(False)
        self.sent_at = None
        self.answer = b""
        self.answers = 0

    def send(self, request):
        self.answer = b""
        self.sent_at = time.monotonic()
        self.socket.send(request)


class Probe:
    def __init__(self, port, connections, requests):
        self.requests = itertools.cycle(requests)
        self.selector = selectors.DefaultSelector()
        self.clients = [Client(port) for _ in range(connections)]
        for client in self.clients:
            self.selector.register(client.socket, selectors.EVENT_READ, client)
        self.latencies = []
        self.refused = self.broken = 0

    def run(self, seconds, drain):
        started = self.last = time.monotonic()
        for client in self.clients:
            client.send(next(self.requests))
        deadline = started + seconds
        while (now := time.monotonic()) < deadline + drain and any(self.waiting(now, deadline)):
            for key, _ in self.selector.select(0.1):
                self.read(key.data, deadline)
        for client in self.clients:
            client.socket.close()
        return self.figures(started)

    def waiting(self, now, deadline):
        return [True] if now < deadline else (client.sent_at is not None for client in self.clients)

    def read(self, client, deadline):
        try:
            part = client.socket.recv(1 << 20)
        except BlockingIOError:
            return
        except OSError:
            part = b""
        if not part:
            self.selector.unregister(client.socket)
            self.broken += 1
            client.sent_at = None
            return
        client.answer += part
        if is_complete(client.answer):
            self.take(client, deadline)

    def take(self, client, deadline):
        self.last = time.monotonic()
        self.latencies.append(self.last - client.sent_at)
        client.answers += 1
        self.refused += client.answer[9:10] not in (b"2", b"3")
        client.sent_at = None
        if self.last < deadline:
            client.send(next(self.requests))

    def figures(self, started):
        unanswered = sum(client.sent_at is not None for client in self.clients)
        latencies = sorted(self.latencies) or [0]
        return {
            "requests": len(self.latencies), "seconds": self.last - started,
            "p50_us": latencies[len(latencies) // 2] * 1e6, "p99_us": latencies[len(latencies) * 99 // 100] * 1e6,
            "max_us": latencies[-1] * 1e6, "refused": self.refused, "broken": self.broken + unanswered,
            "connections": len(self.clients), "answered": sum(client.answers > 0 for client in self.clients)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--connections", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--drain", type=float, default=30, help="to wait for the last answers (default 30)")
    parser.add_argument("port", type=int)
    parser.add_argument("requests", help="file of requests")
    options = parser.parse_args()
    probe = Probe(options.port, options.connections, read_requests(options.requests))
    print(json.dumps(probe.run(options.seconds, options.drain)))


if __name__ == "__main__":
    sys.exit(main())
