<?php
// What a plain PHP implementation of the same calls would do: persistent PDO, real prepared statements,
// first the caller, then what was asked for, the answer in the dialect's own shape. The yardstick of
// docs/performance.md. /php/DIALECT/CALL; credentials as each dialect's clients send them.
const CSCART = "u.id, u.username, IF(u.cscart_is_root, 'Y', 'N'), UNIX_TIMESTAMP(u.created_at), u.cscart_user_type,"
    . ' u.cscart_status, u.first_name, u.last_name, u.email, u.company, u.cscart_company_id, c.name';
const CSCART_FROM = ' FROM users u LEFT JOIN cscart_companies c ON c.id = u.cscart_company_id';
const CSCART_NAMES = ['user_id', 'user_login', 'is_root', 'timestamp', 'user_type', 'status', 'firstname', 'lastname',
    'email', 'company', 'company_id', 'company_name'];
const BEDITA_ATTRIBUTES = 'bedita_status AS status, bedita_uname AS uname, COALESCE(bedita_title, display_name) AS title,'
    . ' bedita_description AS description, bedita_body AS body, bedita_extra AS extra, bedita_lang AS lang,'
    . ' first_name AS name, last_name AS surname, email, bedita_person_title AS person_title, bedita_gender AS gender,'
    . ' bedita_birthdate AS birthdate, bedita_deathdate AS deathdate, bedita_company AS company,'
    . ' company AS company_name, bedita_company_kind AS company_kind, bedita_street_address AS street_address,'
    . ' bedita_city AS city, bedita_zipcode AS zipcode, bedita_country AS country, bedita_state_name AS state_name,'
    . ' phone, bedita_website AS website, bedita_national_id_number AS national_id_number,'
    . ' bedita_vat_number AS vat_number, bedita_publish_start AS publish_start, bedita_publish_end AS publish_end,'
    . ' username, bedita_pseudonym AS pseudonym, bedita_user_preferences AS user_preferences';
const BEDITA_META = 'bedita_locked AS locked, created_at AS created, updated_at AS modified, bedita_published AS published,'
    . ' bedita_created_by AS created_by, bedita_modified_by AS modified_by, blocked, last_login_at AS last_login,'
    . ' bedita_last_login_err AS last_login_err, bedita_num_login_err AS num_login_err, bedita_verified AS verified,'
    . ' password_changed_at AS password_modified';

$db = new PDO('mysql:unix_socket=' . $_SERVER['BENCH_SOCKET'] . ';dbname=rosterd;charset=utf8mb4', 'root', '', [
    PDO::ATTR_PERSISTENT => true, PDO::ATTR_EMULATE_PREPARES => false, PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION,
    PDO::ATTR_DEFAULT_FETCH_MODE => PDO::FETCH_NUM]);

function query(string $sql, array $values = []): PDOStatement
{
    global $db;
    $statement = $db->prepare($sql);
    $statement->execute($values);
    return $statement;
}

function fail(int $status): never
{
    http_response_code($status);
    exit;
}

function answer(mixed $value): never
{
    header('Content-Type: application/json');
    exit(json_encode($value, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE));
}

/** The person that a random secret belongs to: a token, or the key of a device console. */
function owner(string $dialect, string $kind, string $secret): int
{
    $found = query('SELECT u.id FROM credentials c JOIN users u FORCE INDEX (PRIMARY) ON u.id = c.user_id'
        . ' WHERE c.digest = ? AND c.dialect = ? AND c.kind = ? AND c.revoked_at IS NULL AND u.deleted_at IS NULL'
        . " AND u.status = 'active' AND u.blocked = 0",
        [hash('sha256', $secret, true), $dialect, $kind])->fetch() ?: fail(401);
    return $found[0];
}

function cscart_caller(): void
{
    $caller = query('SELECT u.id, u.status, k.digest FROM users u JOIN credentials k ON k.user_id = u.id'
        . " AND k.dialect = 'cscart' AND k.kind = 'key' AND k.revoked_at IS NULL WHERE u.email_key = LOWER(?)",
        [$_SERVER['PHP_AUTH_USER'] ?? ''])->fetch() ?: fail(401);
    if ($caller[1] !== 'active' || !hash_equals($caller[2], hash('sha256', $_SERVER['PHP_AUTH_PW'] ?? '', true))) {
        fail(401);
    }
}

function cscart_read(): never
{
    cscart_caller();
    $row = query('SELECT ' . CSCART . CSCART_FROM . ' WHERE u.id = ? AND u.deleted_at IS NULL', [(int)$_GET['id']])
        ->fetch() ?: fail(404);
    answer(array_combine(CSCART_NAMES, array_map(fn ($value) => $value === null ? null : (string)$value, $row)));
}

/** A page of 20 by OFFSET, and COUNT(*); ?email= looks inside of texts. */
function cscart_list(): never
{
    cscart_caller();
    $where = ' WHERE u.deleted_at IS NULL' . (isset($_GET['email']) ? ' AND u.email LIKE ?' : '');
    $values = isset($_GET['email']) ? ['%' . addcslashes($_GET['email'], '%_\\') . '%'] : [];
    $page = max(1, (int)($_GET['page'] ?? 1));
    $rows = query('SELECT ' . CSCART . CSCART_FROM . $where . ' ORDER BY u.first_name, u.last_name, u.id LIMIT 20 OFFSET '
        . ($page - 1) * 20, $values)->fetchAll();
    $total = query('SELECT COUNT(*) FROM users u' . $where, $values)->fetchColumn();
    answer(['users' => array_map(fn ($row) => array_combine(CSCART_NAMES, $row), $rows),
        'params' => ['page' => $page, 'items_per_page' => 20, 'total_items' => (string)$total]]);
}

/** One bare INSERT with its commit, into a table like `users` with all its indexes. */
function cscart_create(): never
{
    cscart_caller();
    global $db;
    $in = json_decode(file_get_contents('php://input'), true);
    query('INSERT INTO rosterd_bench.users (username, email, username_key, email_key, first_name, last_name, created_at,'
        . ' updated_at) VALUES (?, ?, LOWER(?), LOWER(?), ?, ?, NOW(6), NOW(6))',
        [$in['email'], $in['email'], $in['email'], $in['email'], $in['firstname'], $in['lastname']]);
    http_response_code(201);
    answer(['user_id' => (int)$db->lastInsertId()]);
}

function bedita_read(): never
{
    query('SELECT id FROM bedita_applications WHERE key_digest = ? AND enabled = 1',
        [hash('sha256', $_SERVER['HTTP_X_API_KEY'] ?? '', true)])->fetch() ?: fail(401);
    $row = query('SELECT ' . BEDITA_ATTRIBUTES . ', ' . BEDITA_META . ' FROM users WHERE id = ? AND deleted_at IS NULL',
        [(int)$_GET['id']])->fetch(PDO::FETCH_ASSOC) ?: fail(404);
    $base = 'http://' . $_SERVER['HTTP_HOST'];
    $self = $base . '/users/' . (int)$_GET['id'];
    answer(['data' => ['id' => (string)(int)$_GET['id'], 'type' => 'users',
        'attributes' => array_slice($row, 0, 31), 'meta' => array_slice($row, 31) + ['external_auth' => []],
        'relationships' => ['roles' => ['links' => ['related' => $self . '/roles', 'self' => $self . '/relationships/roles']]]],
        'links' => ['self' => $self, 'home' => $base . '/home'],
        'meta' => ['schema' => ['users' => ['$id' => $base . '/model/schema/users', 'revision' => '1080399556']]]]);
}

function brightact_read(): never
{
    owner('brightact', 'key', $_GET['key'] ?? '');
    $row = query("SELECT id, username, first_name, last_name, company, status = 'active' AND blocked = 0, phone,"
        . ' brightact_mobile_provider, brightact_sp_num, COALESCE(brightact_org_id, 0), deleted_at IS NOT NULL,'
        . " COALESCE(brightact_extra_email, ''), COALESCE(brightact_suppress_emails, ''), created_at, updated_at,"
        . ' COALESCE(last_login_at, created_at) FROM users WHERE id = ?', [(int)$_GET['id']])->fetch() ?: fail(404);
    answer(array_combine(['id', 'username', 'first_name', 'last_name', 'company', 'status', 'mobile', 'mobile_provider',
        'sp_num', 'org_id', 'is_deleted', 'extra_email', 'suppress_emails', 'created_at', 'updated_at', 'last_login'],
        array_map('strval', $row)));
}

function cocoaheads_read(): never
{
    if (owner('cocoaheads', 'token', $_SERVER['HTTP_USER_TOKEN'] ?? '') !== (int)$_GET['id']) {
        fail(403);
    }
    $row = query("SELECT id, first_name, last_name, company, position, COALESCE(email, ''), phone, picture FROM users"
        . ' WHERE id = ? AND deleted_at IS NULL', [(int)$_GET['id']])->fetch() ?: fail(404);
    answer(array_combine(['id', 'name', 'lastname', 'company', 'position', 'email', 'phone', 'photo'], $row));
}

function timeslot_read(): never
{
    owner('timeslot', 'token', substr($_SERVER['HTTP_AUTHORIZATION'] ?? '', strlen('Token token=')));
    $row = query("SELECT u.id, IF(display_name = '', username, display_name), timeslot_location_id, u.created_at,"
        . ' u.updated_at, u.deleted_at, picture, timeslot_slot_count, timeslot_reslot_count,'
        . " (SELECT COUNT(*) FROM timeslot_friendships f WHERE f.starter_id = u.id AND f.state = '11' AND"
        . " f.deleted_at IS NULL) + (SELECT COUNT(*) FROM timeslot_friendships f WHERE f.recipient_id = u.id AND"
        . " f.state = '11' AND f.deleted_at IS NULL) FROM users u WHERE u.id = ? AND u.deleted_at IS NULL",
        [(int)$_GET['id']])->fetch() ?: fail(404);
    $body = json_encode(array_combine(['id', 'username', 'locationId', 'createdAt', 'updatedAt', 'deletedAt', 'image',
        'slotCount', 'reslotCount', 'friendsCount'], $row), JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
    header('Content-Type: application/json; charset=utf-8');
    header('ETag: "' . md5($body) . '"');
    exit($body);
}

match ($_SERVER['DOCUMENT_URI']) {
    '/php/cscart/read' => cscart_read(),
    '/php/cscart/list' => cscart_list(),
    '/php/cscart/create' => cscart_create(),
    '/php/bedita/read' => bedita_read(),
    '/php/brightact/read' => brightact_read(),
    '/php/cocoaheads/read' => cocoaheads_read(),
    '/php/timeslot/read' => timeslot_read(),
    default => fail(404),
};
