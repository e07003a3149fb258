-- The BEdita dialect.

DO 0;
