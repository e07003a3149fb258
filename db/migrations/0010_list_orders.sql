-- The orders of lists.

DO 0;
