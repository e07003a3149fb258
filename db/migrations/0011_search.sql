-- Substring search. See docs/lists.md.

-- One row: how far the index is. Who writes postings moves its `rounds` first, which makes indexers
-- wait for each other, also on other hosts.
CREATE TABLE IF NOT EXISTS search_state (
  id TINYINT UNSIGNED NOT NULL,
  phase ENUM('none', 'clearing', 'building', 'ready') NOT NULL DEFAULT 'none',
  -- The next one to build.
  chunk BIGINT UNSIGNED NOT NULL DEFAULT 0,
  rounds BIGINT UNSIGNED NOT NULL DEFAULT 0,
  PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

INSERT IGNORE INTO search_state (id) VALUES (1);

-- Persons whose texts are not in the postings yet, written with their change.
CREATE TABLE IF NOT EXISTS search_queue (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  user_id BIGINT UNSIGNED NOT NULL,
  erased TINYINT UNSIGNED NOT NULL DEFAULT 0,
  PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

-- Which persons of a chunk (id DIV 16384) have a gram: their places in the chunk, two bytes each
-- and ascending, or from 1024 of them on a map of 16384 bits.
CREATE TABLE IF NOT EXISTS search_postings (
  gram BIGINT UNSIGNED NOT NULL,
  chunk BIGINT UNSIGNED NOT NULL,
  size SMALLINT UNSIGNED NOT NULL,
  places VARBINARY(2048) NOT NULL,
  PRIMARY KEY (gram, chunk),
  KEY by_chunk (chunk)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
