-- Who is, or was, in a record of timeslot_friendships: most persons of a directory never are, and reads
-- of those look for none. The mark is set with the record, and stays.

ALTER TABLE users
  ADD COLUMN timeslot_befriended TINYINT UNSIGNED NOT NULL DEFAULT 0;

UPDATE (SELECT starter_id AS id FROM timeslot_friendships
        UNION SELECT recipient_id FROM timeslot_friendships) f
  STRAIGHT_JOIN users u ON u.id = f.id
  SET u.timeslot_befriended = 1 WHERE u.timeslot_befriended = 0;
