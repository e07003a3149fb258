-- Mail on its way: written with the change that it tells of, sent by the mailer process.

CREATE TABLE IF NOT EXISTS mail_outbox (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  kind VARCHAR(64) NOT NULL,
  user_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
  recipient VARCHAR(255) NOT NULL,
  subject VARCHAR(255) NOT NULL,
  text_body MEDIUMTEXT NOT NULL,
  html_body MEDIUMTEXT NOT NULL,
  created_at DATETIME(6) NOT NULL,
  -- The mailer takes what is due; who takes one moves this on first, so that no other does.
  next_try_at DATETIME(6) NOT NULL,
  tries INT UNSIGNED NOT NULL DEFAULT 0,
  -- Why the last try failed, one line.
  failure VARCHAR(255) NOT NULL DEFAULT '',
  failed_at DATETIME(6) NULL,
  -- It is not tried any more, and its text is gone.
  given_up_at DATETIME(6) NULL,
  PRIMARY KEY (id),
  KEY by_due (given_up_at, next_try_at, id),
  KEY by_user (user_id, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
