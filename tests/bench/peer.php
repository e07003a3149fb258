<?php
// What a plain PHP implementation of the same calls would do: persistent PDO, real prepared
// statements, the same columns, the caller looked up first. The yardstick of docs/performance.md.
$db = new PDO('mysql:unix_socket=' . $_SERVER['BENCH_SOCKET'] . ';dbname=rosterd;charset=utf8mb4', 'root', '', [
    PDO::ATTR_PERSISTENT => true, PDO::ATTR_EMULATE_PREPARES => false, PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION,
    PDO::ATTR_DEFAULT_FETCH_MODE => PDO::FETCH_NUM]);

const COLUMNS = 'u.id, u.username, u.cscart_is_root, UNIX_TIMESTAMP(u.created_at), u.cscart_user_type, u.status,'
    . ' u.first_name, u.last_name, u.email, u.company, u.cscart_company_id, c.name'
    . ' FROM users u LEFT JOIN cscart_companies c ON c.id = u.cscart_company_id';
const NAMES = ['user_id', 'user_login', 'is_root', 'timestamp', 'user_type', 'status', 'firstname', 'lastname',
    'email', 'company', 'company_id', 'company_name'];

$caller = $db->prepare('SELECT u.id, u.status, k.digest FROM users u JOIN credentials k ON k.user_id = u.id'
    . " AND k.dialect = 'cscart' AND k.kind = 'key' AND k.revoked_at IS NULL WHERE u.email_key = LOWER(?)");
$caller->execute([$_SERVER['PHP_AUTH_USER'] ?? '']);
$row = $caller->fetch();
if (!$row || !hash_equals($row[2], hash('sha256', $_SERVER['PHP_AUTH_PW'] ?? '', true))) {
    http_response_code(401);
    exit;
}

header('Content-Type: application/json');
if ($_SERVER['REQUEST_METHOD'] === 'POST') {
    $in = json_decode(file_get_contents('php://input'), true);
    $insert = $db->prepare('INSERT INTO users (username, email, username_key, email_key, first_name, last_name,'
        . ' created_at, updated_at) VALUES (?, ?, LOWER(?), LOWER(?), ?, ?, NOW(6), NOW(6))');
    $insert->execute([$in['email'], $in['email'], $in['email'], $in['email'], $in['firstname'], $in['lastname']]);
    http_response_code(201);
    echo json_encode(['user_id' => (int)$db->lastInsertId()]);
} elseif (isset($_GET['id'])) {
    $one = $db->prepare('SELECT ' . COLUMNS . ' WHERE u.id = ? AND u.deleted_at IS NULL');
    $one->execute([(int)$_GET['id']]);
    $row = $one->fetch();
    if (!$row) {
        http_response_code(404);
        exit;
    }
    echo json_encode(array_combine(NAMES, $row), JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
} else {
    $list = $db->prepare('SELECT ' . COLUMNS . ' WHERE u.deleted_at IS NULL ORDER BY u.first_name, u.last_name, u.id'
        . ' LIMIT 20');
    $list->execute();
    $total = $db->query('SELECT COUNT(*) FROM users WHERE deleted_at IS NULL')->fetchColumn();
    $users = array_map(fn ($row) => array_combine(NAMES, $row), $list->fetchAll());
    echo json_encode(['users' => $users, 'params' => ['total_items' => $total]], JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
}
