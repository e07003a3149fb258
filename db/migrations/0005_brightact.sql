-- The BrightAct dialect.

DO 0;
