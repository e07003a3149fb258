-- The BrightAct dialect: organisations, and its columns of a person.

CREATE TABLE IF NOT EXISTS brightact_orgs (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  name VARCHAR(255) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

-- The foreign key is what keeps somebody from joining an organisation while it is being deleted,
-- on another host of a cluster too.
ALTER TABLE users
  ADD COLUMN brightact_org_id BIGINT UNSIGNED NULL,
  ADD COLUMN brightact_mobile_provider INT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN brightact_sp_num INT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN brightact_extra_email TEXT NULL,
  ADD COLUMN brightact_suppress_emails TEXT NULL,
  ADD KEY brightact_by_org (brightact_org_id, deleted_at, id),
  ADD CONSTRAINT brightact_org_of_user FOREIGN KEY (brightact_org_id) REFERENCES brightact_orgs (id)
    ON DELETE SET NULL;
