-- The Timeslot dialect: its columns of a person, friendships, group memberships, images.

ALTER TABLE users
  -- The telephone number with which this person signs in, byte for byte, at most 35 characters. It
  -- counts only while it equals `phone`, which any dialect may change; see db/timeslot/phone_login.h.
  ADD COLUMN timeslot_phone_login VARBINARY(140) NULL,
  ADD COLUMN timeslot_email_verified TINYINT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN timeslot_phone_verified TINYINT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN timeslot_public_url VARCHAR(255) NULL,
  ADD COLUMN timeslot_location_id BIGINT NULL,
  ADD COLUMN timeslot_slot_default_duration INT NULL,
  ADD COLUMN timeslot_slot_default_location_id BIGINT NULL,
  ADD COLUMN timeslot_slot_default_type_id INT NULL,
  ADD COLUMN timeslot_default_private_alerts
    CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '0000000000',
  ADD COLUMN timeslot_default_own_friendslot_alerts
    CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '0000000000',
  ADD COLUMN timeslot_default_own_public_alerts
    CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '0000000000',
  ADD COLUMN timeslot_default_friends_friendslot_alerts
    CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '0000000000',
  ADD COLUMN timeslot_default_friends_public_alerts
    CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '0000000000',
  ADD COLUMN timeslot_default_reslot_alerts
    CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '0000000000',
  ADD COLUMN timeslot_default_group_alerts
    CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '0000000000',
  ADD COLUMN timeslot_push TINYINT UNSIGNED NOT NULL DEFAULT 1,
  ADD COLUMN timeslot_slot_count INT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN timeslot_reslot_count INT UNSIGNED NOT NULL DEFAULT 0,
  ADD UNIQUE KEY timeslot_unique_phone_login (timeslot_phone_login),
  ADD KEY timeslot_by_phone (phone, id),
  ADD CONSTRAINT timeslot_alerts_are_bits CHECK (
    CONCAT(timeslot_default_private_alerts, timeslot_default_own_friendslot_alerts,
      timeslot_default_own_public_alerts, timeslot_default_friends_friendslot_alerts,
      timeslot_default_friends_public_alerts, timeslot_default_reslot_alerts,
      timeslot_default_group_alerts) REGEXP '^[01]{70}$');

-- One record per pair, whichever way round: 00 asked, 11 established, 01 rejected. A removed one
-- (deleted_at) is used again when one of the two asks anew. A deleted person's records stay as they
-- are: readers leave out who is deleted, so that a restored person has its friends.
CREATE TABLE IF NOT EXISTS timeslot_friendships (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  starter_id BIGINT UNSIGNED NOT NULL,
  recipient_id BIGINT UNSIGNED NOT NULL,
  state CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '00',
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  deleted_at DATETIME(6) NULL,
  low_id BIGINT UNSIGNED GENERATED ALWAYS AS (LEAST(starter_id, recipient_id)) VIRTUAL,
  high_id BIGINT UNSIGNED GENERATED ALWAYS AS (GREATEST(starter_id, recipient_id)) VIRTUAL,
  PRIMARY KEY (id),
  UNIQUE KEY unique_pair (low_id, high_id),
  KEY by_starter (starter_id, id),
  KEY by_recipient (recipient_id, id),
  CONSTRAINT timeslot_friendships_of_starter FOREIGN KEY (starter_id) REFERENCES users (id),
  CONSTRAINT timeslot_friendships_of_recipient FOREIGN KEY (recipient_id) REFERENCES users (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

-- Groups are another server's: only who is in which is known here.
CREATE TABLE IF NOT EXISTS timeslot_memberships (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  user_id BIGINT UNSIGNED NOT NULL,
  group_id BIGINT UNSIGNED NOT NULL,
  state CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(6) NOT NULL,
  deleted_at DATETIME(6) NULL,
  PRIMARY KEY (id),
  KEY by_user (user_id, id),
  CONSTRAINT timeslot_memberships_of_user FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

-- Every image that a person had; the one without deleted_at is the current one, and stands in
-- users.picture unless another dialect set another picture since. Binary names: what differs in a
-- letter's case is another upload.
CREATE TABLE IF NOT EXISTS timeslot_images (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  user_id BIGINT UNSIGNED NOT NULL,
  public_id VARBINARY(1020) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  deleted_at DATETIME(6) NULL,
  -- When to mark a superseded upload (next); NULL = never, or done.
  tag_at DATETIME(6) NULL,
  tag_tries INT UNSIGNED NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  KEY by_user (user_id, deleted_at, id),
  KEY by_public_id (public_id(255), deleted_at),
  KEY by_tag (tag_at),
  CONSTRAINT timeslot_images_of_user FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
