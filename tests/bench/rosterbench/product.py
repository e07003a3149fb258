"""rosterd as ./run starts it, and the persons that the measurements use."""
import base64
import json
import os
import pathlib
import socket
import subprocess
import time
import urllib.request

from . import processes

ROOT = pathlib.Path(__file__).resolve().parents[3]
ACCOUNTS = 17  # half of them sign in, which ends older tokens; the others' tokens last
PASSWORD = "bench-password-7"


class ProductError(Exception):
    """The product did not start, or did not do as it was told."""


def free_port():
    """A port of 127.0.0.1 that nobody uses, below those of outgoing connections."""
    for port in range(20000 + os.getpid() % 8000, 32000):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise ProductError("no port of 127.0.0.1 is free")


class Product:
    """One state folder of ./run. What already runs there is used and left running."""

    def __init__(self, state, demo, settings=()):
        self.state = pathlib.Path(state).resolve()
        self.started = not self.is_running()
        if self.started:
            self.start(demo, settings)
        self.bootstrap = json.loads((self.state / "bootstrap.json").read_text())
        self.port = int(self.bootstrap["http"].rsplit(":", 1)[1])
        self.processes = {"nginx": self.bootstrap["nginx_pid"], "workers": self.bootstrap["master_pid"],
                          "database": self.bootstrap["mysql_pid"]}
        self.bearer_until = 0
        try:
            self.learn()
        except BaseException:
            self.stop()
            raise

    def is_running(self):
        try:
            bootstrap = json.loads((self.state / "bootstrap.json").read_text())
        except OSError:
            return False
        return all(processes.is_alive(bootstrap[name + "_pid"]) for name in ("master", "nginx", "mysql"))

    def start(self, demo, settings):
        self.state.mkdir(parents=True, exist_ok=True)
        log = self.state / "bench-run.log"
        http = free_port()
        command = [ROOT / "run", "--detach", "--state", self.state, "--http", http, "--https", http + 1,
                   "--demo", demo]
        for setting in settings:
            command += ["--set", setting]
        runner = processes.start(command, log)
        try:
            failed = runner.wait()
        except BaseException:
            processes.end(runner, 60)
            raise
        if failed:
            raise ProductError(f"./run failed: {log.read_text().strip().splitlines()[-1]}")

    def stop(self):
        if self.started:
            subprocess.run([ROOT / "run", "--stop", "--state", self.state], stdout=subprocess.DEVNULL, check=False)

    def ctl(self, *words):
        answer = subprocess.run([*self.bootstrap["rosterctl"], *map(str, words), "--json"], capture_output=True,
                                text=True, check=False, stdin=subprocess.DEVNULL)
        if answer.returncode:
            raise ProductError(f"rosterctl {words[0]} {words[1]}: {answer.stderr.strip()}")
        return json.loads(answer.stdout)

    def sql(self, statement):
        """Rows of a statement, as lists of text."""
        answer = subprocess.run(
            ["mariadb", "--no-defaults", f"--socket={self.bootstrap['mysql_socket']}", "--batch", "--raw",
             "--skip-column-names", "-e", statement, self.bootstrap["database"]],
            capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
        if answer.returncode:
            raise ProductError(f"the database: {answer.stderr.strip()}")
        return [line.split("\t") for line in answer.stdout.splitlines()]

    def learn(self):
        """What calls fill in: credentials, our own persons, one person to look for."""
        self.accounts = self.make_accounts()
        self.last_id = int(self.sql("SELECT MAX(id) FROM users")[0][0])
        self.highest_id = int(self.accounts["members"][0]["id"]) - 1
        self.deleted = {int(row[0]) for row in self.sql("SELECT id FROM users WHERE deleted_at IS NOT NULL")}
        sample = self.sql(f"SELECT id, username, email FROM users WHERE id >= {self.highest_id * 5 // 9}"
                          " AND status = 'active' AND deleted_at IS NULL LIMIT 1")[0]
        groups = self.sql("SELECT MIN(id) FROM cscart_usergroups")[0][0]
        shop = self.bootstrap["cscart"]
        pair = f"{shop['email']}:{shop['api_key']}".encode()
        self.words = {
            "basic": base64.b64encode(pair).decode(), "bedita_key": self.bootstrap["bedita"]["api_key"],
            "brightact_key": self.bootstrap["brightact"]["admin_key"], "org": str(self.accounts["org"]),
            "timeslot_token": self.accounts["timeslot_token"], "sample_id": sample[0], "sample_login": sample[1],
            "sample_email": sample[2], "usergroup": "3" if groups == "NULL" else groups, "company": str(shop["company_id"])}

    def make_accounts(self):
        """Persons with passwords and tokens, made once a state and remembered in STATE/bench.json."""
        file = self.state / "bench.json"
        if file.exists():
            return json.loads(file.read_text())
        persons = []
        org = self.ctl("org", "add", "--name", "Bench")["id"]
        for number in range(ACCOUNTS):
            name = f"bench-{number}"
            email = name + "@bench.example"
            person = self.ctl("user", "add", "--username", name, "--email", email, "--first-name", "Quillon",
                              "--last-name", "Bench", "--password", PASSWORD)["id"]
            self.ctl("org", "grant", "--user", person, "--id", org)
            token = self.ctl("token", "add", "--dialect", "cocoaheads", "--user", person)["token"]
            persons.append({"id": person, "login": name, "email": email, "token": token, "password": PASSWORD})
        token = self.ctl("token", "add", "--dialect", "timeslot", "--user", persons[0]["id"])["token"]
        accounts = {"members": persons[: ACCOUNTS // 2], "logins": persons[ACCOUNTS // 2:], "org": org,
                    "timeslot_token": token}
        file.touch(mode=0o600)
        file.write_text(json.dumps(accounts))
        return accounts

    def totals(self):
        """How many persons the lists of cscart and bedita hold, as their first pages say."""
        shop = self.answer("/api/2.0/users?items_per_page=1", {"Authorization": "Basic " + self.words["basic"]})
        users = self.answer("/users?page_size=1", {"X-Api-Key": self.words["bedita_key"]})
        return {"cscart": int(shop["params"]["total_items"]), "bedita": users["meta"]["pagination"]["count"]}

    def answer(self, path, headers, body=None):
        request = urllib.request.Request(self.bootstrap["http"] + path, body, headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def bearer(self):
        """A bedita access token of the administrator, good for the next minutes."""
        if time.monotonic() > self.bearer_until:
            known = self.bootstrap["bedita"]
            body = {"grant_type": "password", "username": known["username"], "password": known["password"]}
            answer = self.answer("/auth", {"X-Api-Key": known["api_key"], "Content-Type": "application/json"},
                                 json.dumps(body).encode())
            self.words["bearer"] = answer["meta"]["jwt"]
            self.bearer_until = time.monotonic() + 600
        return self.words["bearer"]
