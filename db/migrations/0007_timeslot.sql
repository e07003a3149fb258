-- The Timeslot dialect.

DO 0;
