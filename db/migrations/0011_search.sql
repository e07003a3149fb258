-- Substring search.

DO 0;
