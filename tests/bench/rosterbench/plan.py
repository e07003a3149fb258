"""What is measured: groups of runs that are interleaved, and the rows that are read from them."""
import dataclasses


@dataclasses.dataclass(frozen=True)
class Entry:
    """One thing that is run: a call against a target, or a limit program.

    `target` is product, small (10,000 persons), php or limit; of a program database or nobody. `load` is wrk, probe (counts connections, exact when
    a call is slow) or auto: probe for calls that take long. `beside` runs another call at the same time, `during`
    does something to the product meanwhile."""
    key: str
    target: str = "product"
    call: object = None
    connections: int = 64
    load: str = "wrk"
    program: tuple = ()
    beside: object = None
    during: str = ""
    least: int = 0  # seconds


@dataclasses.dataclass(frozen=True)
class Budget:
    """A line of PERFORMANCE.md: `figure` of the row, divided by that of `of` unless it is empty, times `scale`."""
    label: str
    figure: str
    of: str
    sense: str
    must: float
    aim: float
    scale: float = 1.0
    unit: str = ""


@dataclasses.dataclass(frozen=True)
class Row:
    """One line of the table. `peer`, `limit` and `base` name entries of the same group."""
    name: str
    subject: str
    peer: str = ""
    limit: str = ""
    base: str = ""
    budgets: tuple = ()

    def entries(self):
        return [key for key in (self.subject, self.peer, self.limit, self.base) if key]


@dataclasses.dataclass(frozen=True)
class Group:
    name: str
    entries: tuple
    rows: tuple
    quick: bool = False
    writes: bool = False
    share: float = 1.0  # of the seconds of a run
    special: str = ""   # measured by a function of special.py instead
