"""Measures rosterd beside its limits and PHP-FPM; see ../README.md."""
