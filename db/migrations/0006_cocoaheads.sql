-- The CocoaHeads dialect.

DO 0;
