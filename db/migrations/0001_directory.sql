-- The directory itself: persons, what lets them in, what was done to them.
-- Dialects add their own columns and tables in migrations of their own.

CREATE TABLE IF NOT EXISTS users (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  username VARCHAR(255) NOT NULL,
  email VARCHAR(255) NULL,
  -- The unique forms, in lower case; NULL sets a name free. Persons of different realms may share an
  -- e-mail address: email_realm is empty or a NUL and the realm, and stands at the end of email_key.
  username_key VARBINARY(1020) NULL,
  email_key VARBINARY(1060) NULL,
  email_realm VARBINARY(40) NOT NULL DEFAULT '',
  phone VARCHAR(128) NOT NULL DEFAULT '',
  first_name VARCHAR(255) NOT NULL DEFAULT '',
  last_name VARCHAR(255) NOT NULL DEFAULT '',
  display_name VARCHAR(255) NOT NULL DEFAULT '',
  company VARCHAR(255) NOT NULL DEFAULT '',
  position VARCHAR(255) NOT NULL DEFAULT '',
  picture VARCHAR(1024) NOT NULL DEFAULT '',
  password_hash VARBINARY(255) NOT NULL DEFAULT '',
  password_salt VARBINARY(64) NOT NULL DEFAULT '',
  password_changed_at DATETIME(6) NULL,
  status ENUM('active', 'pending', 'disabled', 'hidden') NOT NULL DEFAULT 'active',
  blocked TINYINT UNSIGNED NOT NULL DEFAULT 0,
  deleted_at DATETIME(6) NULL,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  last_login_at DATETIME(6) NULL,
  PRIMARY KEY (id),
  UNIQUE KEY unique_username (username_key),
  UNIQUE KEY unique_email (email_key),
  KEY by_name (deleted_at, first_name, last_name, id),
  KEY by_created (deleted_at, created_at, id),
  KEY by_updated (deleted_at, updated_at, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS credentials (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  dialect VARCHAR(32) NOT NULL,
  kind VARCHAR(32) NOT NULL,
  user_id BIGINT UNSIGNED NULL,
  form VARCHAR(16) NOT NULL DEFAULT 'sha256',
  digest VARBINARY(255) NOT NULL,
  nonce VARBINARY(64) NOT NULL DEFAULT '',
  role VARCHAR(32) NOT NULL DEFAULT '',
  label VARCHAR(255) NOT NULL DEFAULT '',
  created_at DATETIME(6) NOT NULL,
  expires_at DATETIME(6) NULL,
  last_used_at DATETIME(6) NULL,
  revoked_at DATETIME(6) NULL,
  PRIMARY KEY (id),
  KEY by_digest (digest(32), dialect, kind),
  KEY by_user (user_id, dialect, kind, revoked_at),
  KEY by_expiry (expires_at),
  KEY by_revocation (revoked_at),
  CONSTRAINT credentials_of_user FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS throttle (
  kind VARCHAR(64) NOT NULL,
  subject BINARY(32) NOT NULL,
  failures INT UNSIGNED NOT NULL,
  window_started_at DATETIME(6) NOT NULL,
  PRIMARY KEY (kind, subject),
  KEY by_window (window_started_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

-- No foreign key: the audit outlives what it is about.
CREATE TABLE IF NOT EXISTS audit (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  at DATETIME(6) NOT NULL,
  dialect VARCHAR(32) NOT NULL,
  action VARCHAR(64) NOT NULL,
  user_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
  actor_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
  credential VARCHAR(64) NOT NULL DEFAULT '',
  address VARCHAR(64) NOT NULL DEFAULT '',
  request_id VARCHAR(64) NOT NULL DEFAULT '',
  fields TEXT NOT NULL,
  PRIMARY KEY (id),
  KEY by_user (user_id, id),
  KEY by_time (at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
