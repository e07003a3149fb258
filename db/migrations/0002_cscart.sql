-- The CS-Cart dialect: its columns of a person, stores and vendors, address profiles, user groups.

ALTER TABLE users
  ADD COLUMN cscart_user_type CHAR(1) NOT NULL DEFAULT 'C',
  ADD COLUMN cscart_is_root TINYINT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN cscart_company_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN cscart_fax VARCHAR(128) NOT NULL DEFAULT '',
  ADD COLUMN cscart_url VARCHAR(128) NOT NULL DEFAULT '',
  ADD COLUMN cscart_lang_code CHAR(2) NOT NULL DEFAULT '',
  ADD COLUMN cscart_tax_exempt CHAR(1) NOT NULL DEFAULT 'N',
  ADD COLUMN cscart_birthday BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN cscart_referer VARCHAR(255) NOT NULL DEFAULT '',
  ADD COLUMN cscart_points BIGINT NOT NULL DEFAULT 0,
  -- What lists show and sort by: whole seconds, so that equal ones are ordered by id, and the
  -- letter of the status.
  ADD COLUMN cscart_timestamp BIGINT
    GENERATED ALWAYS AS (TIMESTAMPDIFF(SECOND, '1970-01-01 00:00:00', created_at)) VIRTUAL,
  ADD COLUMN cscart_status CHAR(1)
    GENERATED ALWAYS AS (IF(blocked <> 0, 'D', ELT(status + 0, 'A', 'P', 'D', 'H'))) VIRTUAL,
  ADD KEY cscart_by_username (deleted_at, username, id),
  ADD KEY cscart_by_email (deleted_at, email, id),
  ADD KEY cscart_by_date (deleted_at, cscart_timestamp, id),
  ADD KEY cscart_by_date_down (deleted_at, cscart_timestamp DESC, id),
  ADD KEY cscart_by_type (deleted_at, cscart_user_type, first_name, last_name, id),
  ADD KEY cscart_by_status (deleted_at, cscart_status, first_name, last_name, id),
  ADD KEY cscart_by_company (deleted_at, cscart_company_id, first_name, last_name, id),
  ADD KEY cscart_by_last_login (deleted_at, last_login_at, id),
  -- The few roots, without reading the customers of their store.
  ADD KEY cscart_by_root (cscart_is_root, cscart_company_id, id);

-- One row per company: who decides which account of it is root locks it first.
CREATE TABLE IF NOT EXISTS cscart_root_locks (
  company_id BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (company_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

-- Stores (Ultimate) and vendors (Multi-Vendor).
CREATE TABLE IF NOT EXISTS cscart_companies (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  name VARCHAR(255) NOT NULL,
  status CHAR(1) NOT NULL DEFAULT 'A',
  email VARCHAR(128) NOT NULL DEFAULT '',
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY by_name (name, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

-- Addresses: one main profile (type P) and any number of secondary ones (type S) of a person.
CREATE TABLE IF NOT EXISTS cscart_profiles (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  user_id BIGINT UNSIGNED NOT NULL,
  type CHAR(1) NOT NULL DEFAULT 'P',
  name VARCHAR(32) NOT NULL DEFAULT 'Main',
  b_firstname VARCHAR(128) NOT NULL DEFAULT '',
  b_lastname VARCHAR(128) NOT NULL DEFAULT '',
  b_address VARCHAR(255) NOT NULL DEFAULT '',
  b_address_2 VARCHAR(255) NOT NULL DEFAULT '',
  b_city VARCHAR(64) NOT NULL DEFAULT '',
  b_county VARCHAR(32) NOT NULL DEFAULT '',
  b_state VARCHAR(32) NOT NULL DEFAULT '',
  b_country CHAR(2) NOT NULL DEFAULT '',
  b_zipcode VARCHAR(16) NOT NULL DEFAULT '',
  b_phone VARCHAR(128) NOT NULL DEFAULT '',
  s_firstname VARCHAR(128) NOT NULL DEFAULT '',
  s_lastname VARCHAR(128) NOT NULL DEFAULT '',
  s_address VARCHAR(255) NOT NULL DEFAULT '',
  s_address_2 VARCHAR(255) NOT NULL DEFAULT '',
  s_city VARCHAR(64) NOT NULL DEFAULT '',
  s_county VARCHAR(32) NOT NULL DEFAULT '',
  s_state VARCHAR(32) NOT NULL DEFAULT '',
  s_country CHAR(2) NOT NULL DEFAULT '',
  s_zipcode VARCHAR(16) NOT NULL DEFAULT '',
  s_phone VARCHAR(128) NOT NULL DEFAULT '',
  s_address_type VARCHAR(255) NOT NULL DEFAULT '',
  updated_at DATETIME(6) NOT NULL,
  -- The person's id in its main profile, else NULL: one main profile a person, by the index.
  main_of BIGINT UNSIGNED NULL,
  PRIMARY KEY (id),
  UNIQUE KEY unique_main (main_of),
  KEY by_user (user_id, type, id),
  KEY by_b_city (b_city, user_id),
  KEY by_s_city (s_city, user_id),
  KEY by_b_state (b_state, user_id),
  KEY by_s_state (s_state, user_id),
  KEY by_updated (updated_at, user_id),
  CONSTRAINT cscart_profiles_of_user FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

-- Custom fields of a profile, as the shop names them.
CREATE TABLE IF NOT EXISTS cscart_profile_fields (
  profile_id BIGINT UNSIGNED NOT NULL,
  field VARCHAR(64) NOT NULL,
  value VARCHAR(255) NOT NULL,
  PRIMARY KEY (profile_id, field),
  CONSTRAINT cscart_fields_of_profile FOREIGN KEY (profile_id) REFERENCES cscart_profiles (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

-- Ids 0, 1 and 2 (all, guests, registered) are built in and have no row.
CREATE TABLE IF NOT EXISTS cscart_usergroups (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  status CHAR(1) NOT NULL,
  type CHAR(1) NOT NULL,
  name VARCHAR(255) NOT NULL DEFAULT '',
  PRIMARY KEY (id),
  KEY by_name (name, id)
) ENGINE = InnoDB AUTO_INCREMENT = 3 DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS cscart_usergroup_privileges (
  usergroup_id BIGINT UNSIGNED NOT NULL,
  privilege VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (usergroup_id, privilege),
  CONSTRAINT cscart_privileges_of_group FOREIGN KEY (usergroup_id) REFERENCES cscart_usergroups (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

-- status: A active, P pending, D declined, F available again (was linked once, counts as no link).
CREATE TABLE IF NOT EXISTS cscart_usergroup_links (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  user_id BIGINT UNSIGNED NOT NULL,
  usergroup_id BIGINT UNSIGNED NOT NULL,
  status CHAR(1) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY unique_link (user_id, usergroup_id),
  KEY by_group (usergroup_id, status, user_id),
  KEY by_updated (updated_at, user_id),
  CONSTRAINT cscart_links_of_user FOREIGN KEY (user_id) REFERENCES users (id),
  CONSTRAINT cscart_links_of_group FOREIGN KEY (usergroup_id) REFERENCES cscart_usergroups (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
