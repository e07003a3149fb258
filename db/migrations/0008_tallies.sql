-- The version of the lists, and how many persons there are by what lists are asked for: sums over
-- rows that each writer picks one of, so that two rarely wait for each other. See db/changes.h.

CREATE TABLE IF NOT EXISTS tallies (
  tally VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- The values that it counts by, joined by "|".
  cell VARBINARY(128) NOT NULL,
  shard SMALLINT UNSIGNED NOT NULL,
  amount BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (tally, cell, shard)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
