"""Processes: what they cost, how large they are, and how they are ended."""
import os
import pathlib
import resource
import signal
import subprocess

TICKS = os.sysconf("SC_CLK_TCK")


def family(pid):
    """A process and everything below it."""
    try:
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        children = []
    return [pid] + [member for child in children for member in family(int(child))]


def cpu_us(pid):
    """CPU time that a process and those below it have used so far, in microseconds."""
    total = 0
    for member in family(pid):
        try:
            fields = pathlib.Path(f"/proc/{member}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        total += sum(map(int, fields[11:15]))  # its own, and that of children which have ended
    return total / TICKS * 1e6


def memory_kib(pid):
    """Name, PSS and RSS (in KiB) of each process below `pid`."""
    sizes = []
    for member in family(pid)[1:]:
        try:
            name = pathlib.Path(f"/proc/{member}/comm").read_text().strip()
            lines = pathlib.Path(f"/proc/{member}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        fields = {line.split()[0]: int(line.split()[1]) for line in lines[1:]}
        sizes.append({"pid": member, "name": name, "pss": fields["Pss:"], "rss": fields["Rss:"]})
    return sizes


def is_alive(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def allow_many_descriptors():
    """Thousands of connections are as many descriptors; children inherit the limit."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = 65536 if hard == resource.RLIM_INFINITY else min(hard, 65536)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def start(command, log=None, **options):
    """Starts a program in a session of its own: Ctrl-C reaches us alone, and we end it in order."""
    output = open(log, "ab") if log else subprocess.DEVNULL
    try:
        return subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=output,
                                stderr=subprocess.STDOUT, start_new_session=True, **options)
    finally:
        if log:
            output.close()


def end(process, patience=10):
    """Ends a program that `start` started: TERM, and KILL when that does not help."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
