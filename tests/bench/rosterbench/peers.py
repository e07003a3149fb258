"""What rosterd is measured against: PHP-FPM and the limits, behind an nginx of their own on its database."""
import getpass
import os
import pathlib
import shutil
import socket
import subprocess
import time

from . import processes
from .product import ROOT, ProductError, free_port

HERE = pathlib.Path(__file__).resolve().parent
BENCH = HERE.parent
WORKERS = 8


class Peer:
    """A target: a port to send requests to, and the processes that answer them."""

    def __init__(self, port, pids):
        self.port = port
        self.processes = pids


def wait_for_socket(path, process, log):
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with socket.socket(socket.AF_UNIX) as client:
                client.connect(str(path))
                return
        except OSError:
            time.sleep(0.05)
    raise ProductError(f"nobody listens at {path}: {pathlib.Path(log).read_text().strip()[-300:]}")


def build_limits(folder):
    """The programs of limits/, built as a release by their own CMake project."""
    log = folder / "build.log"
    folder.mkdir(parents=True, exist_ok=True)
    with open(log, "wb") as output:
        for command in (["cmake", "-S", BENCH / "limits", "-B", folder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release"],
                        ["cmake", "--build", folder]):
            if subprocess.run(command, stdout=output, stderr=output, stdin=subprocess.DEVNULL, check=False).returncode:
                raise ProductError(f"the limits were not built; see {log}")
    return folder


class Peers:
    """Starts what is there; `php` and `limit` are targets, `php` is None without PHP-FPM."""

    def __init__(self, folder, product, programs):
        self.folder = folder
        self.product = product
        self.programs = programs
        self.children = []
        try:
            self.start()
        except BaseException:
            self.stop()
            raise

    def start(self):
        mysql = self.product.bootstrap["mysql_socket"]
        database = self.product.bootstrap["database"]
        fpm = self.start_php()
        worker = self.launch([self.programs / "limit_worker", self.folder / "limit.sock", WORKERS, mysql, database])
        wait_for_socket(self.folder / "limit.sock", worker, self.folder / "limit_worker.log")
        port = free_port()
        self.write_nginx(port)
        nginx = self.launch(["nginx", "-p", self.folder, "-c", self.folder / "nginx.conf", "-e", "stderr"],
                            under=["chrt", "--batch", "0"])
        self.wait_for_port(port, nginx)
        common = {"nginx": nginx.pid, "database": self.product.processes["database"]}
        self.limit = Peer(port, {**common, "workers": worker.pid})
        self.php = Peer(port, {**common, "workers": fpm.pid})

    def launch(self, command, under=()):
        child = processes.start([*under, *command], self.folder / (pathlib.Path(str(command[0])).name + ".log"))
        self.children.append(child)
        return child

    def start_php(self):
        program = next((path for path in map(shutil.which, ("php-fpm8.2", "php-fpm")) if path), None)
        if not program:
            raise ProductError("php-fpm8.2 is missing; the README says which packages are needed")
        owner = getpass.getuser()
        (self.folder / "fpm.conf").write_text(
            f"[global]\nerror_log={self.folder}/fpm.log\ndaemonize=no\n[w]\nuser={owner}\ngroup={owner}\n"
            f"listen={self.folder}/fpm.sock\nlisten.backlog=4096\npm=static\npm.max_children={WORKERS}\n")
        fpm = self.launch([program, *(["-R"] if os.geteuid() == 0 else []), "-F", "-y", self.folder / "fpm.conf",
                           "-d", "opcache.enable=1", "-d", "opcache.validate_timestamps=0"])
        wait_for_socket(self.folder / "fpm.sock", fpm, self.folder / "fpm.log")
        return fpm

    def write_nginx(self, port):
        user = "user root;" if os.geteuid() == 0 else ""
        (self.folder / "nginx.conf").write_text(
            (HERE / "nginx.conf.in").read_text().replace("@USER@", user).replace("@PORT@", str(port))
            .replace("@FOLDER@", str(self.folder)).replace("@SCRIPT@", str(BENCH / "peer.php"))
            .replace("@DATABASE@", self.product.bootstrap["mysql_socket"]))

    def wait_for_port(self, port, nginx):
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and nginx.poll() is None:
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.05)
        raise ProductError(f"nginx did not start: {(self.folder / 'nginx.log').read_text().strip()[-300:]}")

    def stop(self):
        for child in reversed(self.children):
            processes.end(child)


def build_folder():
    return ROOT / "build" / "bench"
