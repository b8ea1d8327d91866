"""The specialists' desk: what is read out, what is asked next, calls and their records."""
