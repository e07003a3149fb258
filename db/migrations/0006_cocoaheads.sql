-- The CocoaHeads dialect.

-- Where to send pushes: one row a person, one person a device. The token is opaque, so it is kept
-- and compared byte by byte.
CREATE TABLE IF NOT EXISTS cocoaheads_clients (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  user_id BIGINT UNSIGNED NOT NULL,
  push_token VARBINARY(1020) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY one_of_user (user_id),
  UNIQUE KEY one_of_device (push_token),
  CONSTRAINT cocoaheads_clients_of_user FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

-- This dialect takes free-form phone numbers of 255 characters, as long as its other texts.
ALTER TABLE users MODIFY phone VARCHAR(255) NOT NULL DEFAULT '';
