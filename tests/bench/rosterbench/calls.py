"""Calls: one HTTP request, or a kind of it, with places that are filled in anew for every one."""
import dataclasses
import random
import re
import string

MANY = 4000       # different requests of a kind; they are sent in turn
MANY_NEW = 30000  # of those that may be sent once only


@dataclasses.dataclass(frozen=True)
class Call:
    """`pick` says what fills $words: none, turn ($turn: a number), person ($id), member ($id, $token), login ($login, $email,
    $password), new ($new: never the same), change (both) or gone ($id: persons that were made here, each once)."""
    name: str
    method: str
    path: str
    headers: tuple = ()
    body: str = ""
    pick: str = "none"


def requests_of(call, product, port, seed):
    """The requests to send, as bytes."""
    words = dict(product.words)
    if "$bearer" in "".join(value for _, value in call.headers):
        words["bearer"] = product.bearer()
    picks = list(PICKS[call.pick](product, random.Random(seed), seed))
    if not picks:
        raise ValueError(f"{call.name}: there is nothing to send")
    return [raw(call, {**words, **pick}, port) for pick in picks]


def raw(call, words, port):
    def fill(text):
        return string.Template(text).substitute(words)
    body = fill(call.body).encode()
    lines = [f"{call.method} {fill(call.path)} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
    lines += [f"{name}: {fill(value)}" for name, value in call.headers]
    if body or call.method in ("POST", "PUT", "PATCH"):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def described(call):
    """The call in one line, without credentials: those are still $words."""
    kept = [f"-H '{name}: {value}'" for name, value in call.headers]
    if call.body:
        kept.append(f"-d '{call.body}'")
    return " ".join([call.method, re.sub(r"\$(\w+)", r"$\1", call.path), *kept])


def living(product, chance):
    """The id of somebody who is not in the trash."""
    while True:
        person = chance.randint(10, product.highest_id)
        if person not in product.deleted:
            return person


def a_turn(*_):
    return ({"turn": number} for number in range(MANY))


def any_person(product, chance, _seed):
    return ({"id": living(product, chance)} for _ in range(MANY))


def a_member(product, chance, _seed):
    return [chance.choice(product.accounts["members"]) for _ in range(MANY)]


def a_login(product, _chance, _seed):
    return product.accounts["logins"]


def a_new_one(_product, chance, seed):
    run = f"{seed}x{chance.getrandbits(40):x}"
    return ({"new": f"{run}x{number}"} for number in range(MANY_NEW))


def a_change(product, chance, seed):
    return ({"new": f"{seed}x{number}", "id": living(product, chance)} for number in range(MANY_NEW))


def one_made_here(product, _chance, _seed):
    rows = product.sql(f"SELECT id FROM users WHERE id > {product.last_id} AND deleted_at IS NULL"
                       f" ORDER BY id LIMIT {MANY_NEW}")
    return ({"id": row[0]} for row in rows)


PICKS = {"none": lambda *_: [{}], "turn": a_turn, "person": any_person, "member": a_member, "login": a_login, "new": a_new_one, "change": a_change,
         "gone": one_made_here}
