-- How many persons there are, by what lists filter them.

DO 0;
