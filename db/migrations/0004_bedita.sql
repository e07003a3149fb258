-- The BEdita dialect: its columns of a person, roles, applications.

ALTER TABLE users
  -- As long as this dialect allows; the others bound theirs themselves.
  MODIFY COLUMN phone VARCHAR(255) NOT NULL DEFAULT '',
  -- NULL: the person came from another dialect, and is "user-<id>" here.
  ADD COLUMN bedita_uname VARCHAR(255) CHARACTER SET ascii COLLATE ascii_general_ci NULL,
  -- The title in full, as long as it begins with display_name; display_name counts otherwise.
  ADD COLUMN bedita_title TEXT NULL,
  ADD COLUMN bedita_description MEDIUMTEXT NULL,
  ADD COLUMN bedita_body MEDIUMTEXT NULL,
  -- JSON, as it was sent.
  ADD COLUMN bedita_extra MEDIUMTEXT NULL,
  ADD COLUMN bedita_lang VARCHAR(64) NULL,
  ADD COLUMN bedita_publish_start DATETIME(6) NULL,
  ADD COLUMN bedita_publish_end DATETIME(6) NULL,
  ADD COLUMN bedita_published DATETIME(6) NULL,
  ADD COLUMN bedita_person_title VARCHAR(255) NULL,
  ADD COLUMN bedita_gender VARCHAR(255) NULL,
  ADD COLUMN bedita_birthdate DATE NULL,
  ADD COLUMN bedita_deathdate DATE NULL,
  ADD COLUMN bedita_company TINYINT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN bedita_company_kind VARCHAR(255) NULL,
  ADD COLUMN bedita_street_address TEXT NULL,
  ADD COLUMN bedita_city VARCHAR(255) NULL,
  ADD COLUMN bedita_zipcode VARCHAR(255) NULL,
  ADD COLUMN bedita_country VARCHAR(255) NULL,
  ADD COLUMN bedita_state_name VARCHAR(255) NULL,
  ADD COLUMN bedita_website TEXT NULL,
  ADD COLUMN bedita_national_id_number VARCHAR(32) NULL,
  ADD COLUMN bedita_vat_number VARCHAR(32) NULL,
  ADD COLUMN bedita_pseudonym VARCHAR(255) NULL,
  -- JSON, as it was sent.
  ADD COLUMN bedita_user_preferences MEDIUMTEXT NULL,
  ADD COLUMN bedita_locked TINYINT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN bedita_created_by BIGINT UNSIGNED NOT NULL DEFAULT 1,
  ADD COLUMN bedita_modified_by BIGINT UNSIGNED NOT NULL DEFAULT 1,
  ADD COLUMN bedita_last_login_err DATETIME(6) NULL,
  ADD COLUMN bedita_num_login_err INT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN bedita_verified DATETIME(6) NULL,
  -- Names of the living are unique; a deleted person's is free.
  ADD COLUMN bedita_uname_key VARCHAR(255) CHARACTER SET ascii COLLATE ascii_general_ci
    GENERATED ALWAYS AS (IF(deleted_at IS NULL, bedita_uname, NULL)) VIRTUAL,
  ADD COLUMN bedita_status VARCHAR(5) CHARACTER SET ascii COLLATE ascii_general_ci
    GENERATED ALWAYS AS (ELT(status + 0, 'on', 'draft', 'off', 'off')) VIRTUAL,
  -- What is shown and sorted by: whole seconds, so that equal ones are ordered by id.
  ADD COLUMN bedita_created BIGINT
    GENERATED ALWAYS AS (TIMESTAMPDIFF(SECOND, '1970-01-01 00:00:00', created_at)) VIRTUAL,
  ADD COLUMN bedita_modified BIGINT
    GENERATED ALWAYS AS (TIMESTAMPDIFF(SECOND, '1970-01-01 00:00:00', updated_at)) VIRTUAL,
  ADD COLUMN bedita_last_login BIGINT
    GENERATED ALWAYS AS (TIMESTAMPDIFF(SECOND, '1970-01-01 00:00:00', last_login_at)) VIRTUAL,
  ADD UNIQUE KEY bedita_unique_uname (bedita_uname_key),
  ADD KEY bedita_by_uname (bedita_uname),
  -- Lists in their own order, and how many there are.
  ADD KEY bedita_by_id (deleted_at, id),
  ADD KEY bedita_by_status (deleted_at, bedita_status, id),
  ADD KEY bedita_by_surname (deleted_at, last_name, id),
  ADD KEY bedita_by_title (deleted_at, display_name, id),
  ADD KEY bedita_by_blocked (blocked, id),
  -- The newest first, by which lists are mostly sorted; the oldest first is read from the indexes of
  -- the directory.
  ADD KEY bedita_by_created_down (deleted_at, bedita_created DESC, id),
  ADD KEY bedita_by_modified_down (deleted_at, bedita_modified DESC, id),
  ADD KEY bedita_by_last_login_down (deleted_at, bedita_last_login DESC, id);

CREATE TABLE IF NOT EXISTS bedita_roles (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  name VARCHAR(32) NOT NULL,
  description TEXT NULL,
  unchangeable TINYINT UNSIGNED NOT NULL DEFAULT 0,
  -- The lower, the more powerful.
  priority INT UNSIGNED NOT NULL DEFAULT 100,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY unique_name (name)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

INSERT IGNORE INTO bedita_roles
  (id, name, description, unchangeable, priority, created_at, updated_at) VALUES
  (1, 'admin', 'Administrators role', 1, 0, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6));

CREATE TABLE IF NOT EXISTS bedita_user_roles (
  user_id BIGINT UNSIGNED NOT NULL,
  role_id BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (user_id, role_id),
  KEY by_role (role_id, user_id),
  CONSTRAINT bedita_roles_of_user FOREIGN KEY (user_id) REFERENCES users (id),
  CONSTRAINT bedita_users_of_role FOREIGN KEY (role_id) REFERENCES bedita_roles (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

-- Applications: keys without a person. Ids of their own, which tokens carry; 1 is the Manager's.
CREATE TABLE IF NOT EXISTS bedita_applications (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  name VARCHAR(255) NOT NULL,
  description TEXT NULL,
  -- SHA-256 of the key, and of the secret that the application adds where it has one.
  key_digest BINARY(32) NOT NULL,
  secret_digest BINARY(32) NULL,
  enabled TINYINT UNSIGNED NOT NULL DEFAULT 1,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY unique_name (name),
  UNIQUE KEY unique_key (key_digest)
) ENGINE = InnoDB AUTO_INCREMENT = 2 DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
