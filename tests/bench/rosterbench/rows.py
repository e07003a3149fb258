"""The rows of PERFORMANCE.md, as data."""
from .calls import Call
from .plan import Budget, Entry, Group, Row

BASIC = (("Authorization", "Basic $basic"),)
JSON = (("Content-Type", "application/json"),)
KEY = (("X-Api-Key", "$bedita_key"),)
ADMIN = KEY + (("Authorization", "Bearer $bearer"), ("Content-Type", "application/vnd.api+json"))
MEMBER = (("user-token", "$token"),)
TOKEN = (("Authorization", "Token token=$timeslot_token"),)

READS = {
    "cscart": Call("cscart: read one", "GET", "/api/2.0/users/$id", BASIC, pick="person"),
    "bedita": Call("bedita: read one", "GET", "/users/$id", KEY, pick="person"),
    "brightact": Call("brightact: read one", "GET", "/api/v1/user/$id.json?key=$brightact_key", pick="person"),
    "cocoaheads": Call("cocoaheads: read one", "GET", "/users/$id", MEMBER, pick="member"),
    "timeslot": Call("timeslot: read one", "GET", "/v1/users/$id", TOKEN, pick="person"),
}
PHP_READS = {
    "cscart": Call("php: cscart", "GET", "/php/cscart/read?id=$id", BASIC, pick="person"),
    "bedita": Call("php: bedita", "GET", "/php/bedita/read?id=$id", KEY, pick="person"),
    "brightact": Call("php: brightact", "GET", "/php/brightact/read?id=$id&key=$brightact_key", pick="person"),
    "cocoaheads": Call("php: cocoaheads", "GET", "/php/cocoaheads/read?id=$id", MEMBER, pick="member"),
    "timeslot": Call("php: timeslot", "GET", "/php/timeslot/read?id=$id", TOKEN, pick="person"),
}
FLOOR = Call("floor of one read", "GET", "/limit/read?id=$id", pick="person")
READ = READS["cscart"]
READ_WITH_TOKEN = Call("bedita: read one, key and Bearer token", "GET", "/users/$id",
                       KEY + (("Authorization", "Bearer $bearer"),), pick="person")

READ_BUDGETS = (
    Budget("rate of PHP-FPM's", "rps", "peer", ">=", 3, 5, unit="×"),
    Budget("CPU of the floor's", "cpu_us", "limit", "<=", 1.6, 1.25, unit="×"),
)
P99_BUDGET = Budget("p99 of PHP-FPM's", "p99_ms", "peer", "<=", 0.5, 0.25, unit="×")


def shop(query=""):
    return "/api/2.0/users?items_per_page=20" + query


ANEW = "&turn=$turn"  # no answer is the same as one before: none comes out of a worker's memory


def cscart_list(name, query="", anew=ANEW):
    return Call("cscart: " + name, "GET", shop(query + anew), BASIC, pick="turn")


def bedita_list(name, query="", anew=ANEW):
    return Call("bedita: " + name, "GET", "/users?page_size=20" + query + anew, KEY, pick="turn")


PAGE_ONE = cscart_list("page 1 of 20, with its total", anew="")
PAGE_ONE_ANEW = cscart_list("page 1 of 20, read anew")
BEDITA_PAGE_ONE = bedita_list("page 1 of 20, with its count", anew="")
BEDITA_PAGE_ONE_ANEW = bedita_list("page 1 of 20, read anew")
PAGE_SIZE = 20
DEEPEST = 50_000  # a page as far as this is held against a budget


def last_full_page(total, most=DEEPEST):
    """The last full page of a list of so many, at most page `most`: behind it is nothing to measure."""
    return max(1, min(most, total // PAGE_SIZE))


CSCART_FILTERS = (
    cscart_list("status=D", "&status=D"),
    cscart_list("user_type=V", "&user_type=V"),
    cscart_list("user_types=A,V", "&user_types=A,V"),
    cscart_list("company_id", "&company_id=$company"),
    cscart_list("usergroup_id", "&usergroup_id=$usergroup"),
    cscart_list("user_ids, three", "&user_ids=5,$sample_id,777"),
    cscart_list("email, whole", "&email=$sample_email"),
    cscart_list("user_login, whole", "&user_login=$sample_login"),
    cscart_list("city=Boston", "&city=Boston"),
    cscart_list("status and user_type", "&status=D&user_type=C"),
)
CSCART_SORTS = tuple(
    cscart_list(f"sort_by={field}, {order}", f"&sort_by={field}&sort_order={order}")
    for field, order in (("id", "desc"), ("username", "asc"), ("email", "desc"), ("date", "desc"), ("type", "asc"),
                         ("status", "asc"), ("company", "asc"), ("last_login", "desc")))
BEDITA_FILTERS = (
    bedita_list("filter[status]=off", "&filter%5Bstatus%5D=off"),
    bedita_list("filter[username]", "&filter%5Busername%5D=$sample_login"),
    bedita_list("filter[email]", "&filter%5Bemail%5D=$sample_email"),
    bedita_list("filter[roles]=1", "&filter%5Broles%5D=1"),
    bedita_list("filter[blocked]=1", "&filter%5Bblocked%5D=1"),
    bedita_list("sort=-created", "&sort=-created"),
    bedita_list("sort=username", "&sort=username"),
)
PHP_LIST = Call("php: page 1", "GET", "/php/cscart/list", BASIC)
PHP_SEARCH = Call("php: LIKE", "GET", "/php/cscart/list?email=$sample_id", BASIC)
LIST_CONNECTIONS = 16


def read_group(connections):
    """All five dialects beside PHP-FPM doing the same, and the floor."""
    entries = [Entry("limit", "limit", FLOOR, connections)]
    rows = []
    for dialect, call in READS.items():
        entries += [Entry(dialect, "product", call, connections),
                    Entry("php-" + dialect, "php", PHP_READS[dialect], connections)]
        budgets = READ_BUDGETS + ((P99_BUDGET,) if connections == 256 else ())
        rows.append(Row(call.name, dialect, "php-" + dialect, "limit", budgets=budgets))
    entries.append(Entry("bearer", "product", READ_WITH_TOKEN, connections))
    rows.append(Row(READ_WITH_TOKEN.name, "bearer", limit="limit"))
    return Group(f"reads at {connections}", tuple(entries), tuple(rows), quick=connections == 64)


def curve_group(connections):
    """What only the plot needs: one dialect, PHP-FPM and the floor."""
    entries = (Entry("limit", "limit", FLOOR, connections), Entry("cscart", "product", READ, connections),
               Entry("php-cscart", "php", PHP_READS["cscart"], connections))
    return Group(f"curve at {connections}", entries, (Row(READ.name, "cscart", "php-cscart", "limit"),))


def against(call, label, base, must, aim):
    """A row whose CPU is held against another call's."""
    return Row(call.name, call.name, base=base.name,
               budgets=(Budget(label, "cpu_us", "base", "<=", must, aim, unit="×"),))


def list_entry(call):
    return Entry(call.name, "product", call, LIST_CONNECTIONS, "auto")


def writer(call):
    return Entry(call.name, "product", call, WRITERS)


def cscart_lists(page):
    deep = cscart_list(f"page {page:,}", f"&page={page}")
    deep_by_id = cscart_list(f"page {page:,}, sort_by=id", f"&sort_by=id&page={page}")
    php_deep = Call(f"php: page {page:,}", "GET", f"/php/cscart/list?page={page}", BASIC)
    calls = (READ, PAGE_ONE, PAGE_ONE_ANEW, deep, deep_by_id, *CSCART_FILTERS, *CSCART_SORTS)
    entries = tuple(map(list_entry, calls)) + (
        Entry("php-list", "php", PHP_LIST, LIST_CONNECTIONS, "auto"),
        Entry("php-deep", "php", php_deep, LIST_CONNECTIONS, "auto"))
    rows = [Row(PAGE_ONE.name, PAGE_ONE.name, "php-list", base=READ.name, budgets=(
        Budget("CPU of read one's", "cpu_us", "base", "<=", 2.5, 1.5, unit="×"),)),
            against(PAGE_ONE_ANEW, "CPU of read one's", READ, float("inf"), 2.5)]
    rows.append(Row(deep.name, deep.name, "php-deep", base=PAGE_ONE_ANEW.name, budgets=(
        Budget("CPU of page 1's", "cpu_us", "base", "<=", 5, 2, unit="×"),)))
    rows.append(against(deep_by_id, "CPU of page 1's", PAGE_ONE_ANEW, 5, 2))
    rows += [against(call, "CPU of page 1's", PAGE_ONE_ANEW, 3, 1.5) for call in CSCART_FILTERS + CSCART_SORTS]
    return Group("lists of cscart", entries, tuple(rows), share=0.5)


def other_lists(page):
    read = READS["bedita"]
    deep = bedita_list(f"page {page:,}", f"&page={page}")
    others = (Call("brightact: users of an organisation", "GET", "/api/v1/users.json?key=$brightact_key&org_id=$org"),
              Call("brightact: organisations", "GET", "/api/v1/orgs.json?key=$brightact_key"),
              Call("timeslot: list of 500", "GET", "/v1/users", TOKEN))
    entries = tuple(map(list_entry, (read, BEDITA_PAGE_ONE, BEDITA_PAGE_ONE_ANEW, deep, *BEDITA_FILTERS, *others)))
    rows = [against(BEDITA_PAGE_ONE, "CPU of read one's", read, 2.5, 1.5),
            against(BEDITA_PAGE_ONE_ANEW, "CPU of read one's", read, float("inf"), 2.5),
            against(deep, "CPU of page 1's", BEDITA_PAGE_ONE_ANEW, 5, 2)]
    rows += [against(call, "CPU of page 1's", BEDITA_PAGE_ONE_ANEW, 3, 1.5) for call in BEDITA_FILTERS]
    rows += [Row(call.name, call.name) for call in others]
    return Group("lists of the others", entries, tuple(rows), share=0.5)


def searches():
    calls = (cscart_list("name contains, 17 hits", "&name=uillon"), cscart_list("email contains, few hits", "&email=$sample_id"),
             cscart_list("user_login contains, few hits", "&user_login=$sample_id"),
             bedita_list("q=, few hits", "&q=$sample_id"), bedita_list("q=, 17 hits", "&q=uillon"))
    budget = Budget("p50 of the plain LIKE's", "p50_ms", "peer", "<=", 20 / 900, 5 / 900, unit="×")
    entries = tuple(Entry(call.name, "product", call, 1, "probe") for call in calls)
    entries += (Entry("like", "php", PHP_SEARCH, 1, "probe"),)
    return Group("substring filters", entries, tuple(Row(call.name, call.name, "like", budgets=(budget,))
                                                     for call in calls), share=0.5)


CREATE = Call("cscart: create", "POST", "/api/2.0/users", BASIC + JSON,
              '{"email":"b$new@bench.example","user_type":"C","company_id":1,"firstname":"Bench","lastname":"Mark"}',
              "new")
CREATE_BEDITA = Call("bedita: create", "POST", "/users", ADMIN,
                     '{"data":{"type":"users","attributes":{"username":"b$new","name":"Bench","surname":"Mark"}}}', "new")
UPDATE = Call("cscart: update", "PUT", "/api/2.0/users/$id", BASIC + JSON, '{"lastname":"Changed $new"}', "change")
DELETE = Call("cscart: delete", "DELETE", "/api/2.0/users/$id", BASIC, pick="gone")
PHP_CREATE = Call("php: create", "POST", "/php/cscart/create", BASIC + JSON, CREATE.body, "new")
WRITERS = 16


def writes():
    budget = Budget("rate of the C API's bare INSERT", "rps", "limit", ">=", 0.4, 0.7, unit="×")
    entries = (Entry("insert", "database", program=("limit_insert", WRITERS), connections=WRITERS),
               Entry("php-create", "php", PHP_CREATE, WRITERS), writer(CREATE), writer(CREATE_BEDITA), writer(UPDATE),
               writer(DELETE))
    rows = (Row(CREATE.name, CREATE.name, "php-create", "insert", budgets=(budget,)),
            Row(CREATE_BEDITA.name, CREATE_BEDITA.name, limit="insert", budgets=(budget,)),
            Row(UPDATE.name, UPDATE.name, limit="insert"), Row(DELETE.name, DELETE.name, limit="insert"))
    return Group("writes", entries, rows, writes=True)


SIGN_INS = (
    Call("bedita: sign-in", "POST", "/auth", KEY + JSON,
         '{"grant_type":"password","username":"$login","password":"$password"}', "login"),
    Call("cocoaheads: sign-in", "POST", "/users/auth", JSON, '{"email":"$email","password":"$password"}', "login"),
    Call("timeslot: sign-in", "POST", "/v1/users/signin", JSON, '{"email":"$email","password":"$password"}', "login"),
    Call("cscart: auth token", "POST", "/api/2.0/auth_tokens", BASIC + JSON,
         '{"email":"$email","password":"$password"}', "login"),
)


def sign_ins(cores):
    """Beside as many hashes at once as there are cores."""
    budget = Budget(f"of {cores} cores / hash time", "rps", "limit", ">=", 0.8, 0.95, unit="×")
    entries = (Entry("hash", "nobody", program=("limit_hash", cores), connections=cores),)
    entries += tuple(Entry(call.name, "product", call, 4 * cores) for call in SIGN_INS)
    rows = tuple(Row(call.name, call.name, limit="hash", budgets=(budget,)) for call in SIGN_INS)
    return Group("sign-ins", entries, rows, writes=True)


def flood():
    entries = (Entry("alone", "product", READ, 64), Entry("flood", "product", READ, 64, beside=SIGN_INS[0]))
    budgets = (Budget("rate of reads alone", "rps", "base", ">=", 0.75, 0.9, unit="×"),
               Budget("p99 of reads alone", "p99_ms", "base", "<=", 3, 2, unit="×"))
    row = Row("cscart: read one, in a flood of sign-ins", "flood", base="alone", budgets=budgets)
    return Group("flood", entries, (row,), writes=True)


def no_failure(figure="failed", label="failed requests"):
    return Budget(label, figure, "", "<=", 0, 0)


def reload():
    entries = (Entry("calm", "product", READ, 64, least=3), Entry("reload", "product", READ, 64, during="reload", least=3))
    budgets = (no_failure(), Budget("p99 of calm reads", "p99_ms", "base", "<=", float("inf"), 1.1, unit="×"))
    return Group("reload", entries, (Row("cscart: read one, two reloads meanwhile", "reload", base="calm", budgets=budgets),))


def many_connections():
    entries = [Entry("at 256", "product", READ, 256, least=3)]
    rows = []
    for connections in (1024, 3000):
        entries += [Entry(f"at {connections}", "product", READ, connections, least=3),
                    Entry(f"probe {connections}", "product", READ, connections, "probe")]
        rows.append(Row("cscart: read one, many connections", f"at {connections}", base="at 256", budgets=(
            no_failure(), Budget("rate at 256", "rps", "base", ">=", 0.9, 0.9, unit="×"))))
        rows.append(Row("cscart: read one, answered connections", f"probe {connections}", budgets=(
            no_failure(), no_failure("unanswered", "connections without an answer"))))
    return Group("many connections", tuple(entries), tuple(rows))


def growth():
    calls = (READ, PAGE_ONE_ANEW, CREATE)
    entries = tuple(Entry(f"{target} {call.name}", target, call, WRITERS, "auto") for call in calls
                    for target in ("product", "small"))
    rows = tuple(Row(f"{call.name}, of that with 10,000 persons", "product " + call.name, base="small " + call.name,
                     budgets=(Budget("CPU of 10,000 persons'", "cpu_us", "base", "<=", must, 1.05, unit="×"),))
                 for call, must in zip(calls, (1.2, 1.5, 1.5)))
    return Group("growth", entries, rows, writes=True)


def groups(cores, connections, with_growth, totals):
    """All groups, in the order in which they are measured: writes come last. `totals`: how many persons the lists of
    cscart and of bedita hold."""
    plan = [read_group(64), read_group(256)] if not connections else []
    curve = connections or [1, 4, 16, 1024]
    plan += [curve_group(count) for count in curve]
    plan += [cscart_lists(last_full_page(totals["cscart"])), other_lists(last_full_page(totals["bedita"])), searches(), reload(), many_connections(),
             Group("start", (), (), special="start"), sign_ins(cores), flood()]
    if with_growth:
        plan.append(growth())
    return plan + [writes(), Group("memory", (), (), special="memory")]
