-- Where persons get their ids from: so that a person's id, of which its username may be made, is known
-- before its row is written. A row stays until the texts of the person are in the index of substring
-- search: it is the person's place in that queue, too. See db/README.md.

CREATE TABLE IF NOT EXISTS person_ids (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

-- The next id is the one after the highest.
INSERT IGNORE INTO person_ids (id) SELECT id FROM users ORDER BY id DESC LIMIT 1;
