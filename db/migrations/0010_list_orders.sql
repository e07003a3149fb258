-- The orders of lists: one index for each order that lists of all persons are asked for in, which is
-- read in both directions, so that no page sorts a million persons. Moments are ordered, and
-- compared, by whole seconds, in one column for all dialects. There are fewer indexes than before.
-- InnoDB builds them while the directory is read and written.

ALTER TABLE users
  ADD KEY by_first_name (deleted_at, first_name, id),
  -- Deleted persons are passed over in this order: the index also finds persons by their phone.
  ADD KEY by_phone (phone, id, deleted_at),
  ADD KEY cscart_order_type (deleted_at, cscart_user_type, id),
  ADD KEY cscart_order_status (deleted_at, cscart_status, id),
  DROP KEY timeslot_by_phone,
  DROP KEY by_created,
  DROP KEY by_updated,
  DROP KEY cscart_by_date,
  DROP KEY cscart_by_last_login,
  DROP KEY bedita_by_title,
  DROP KEY bedita_by_created_down;
