-- The version of the lists: a sum over rows that each writer picks one of, so that two rarely wait
-- for each other. See db/changes.h.

CREATE TABLE IF NOT EXISTS list_versions (
  shard SMALLINT UNSIGNED NOT NULL,
  version BIGINT UNSIGNED NOT NULL DEFAULT 0,
  PRIMARY KEY (shard)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
