"""Rows: what is kept, and the few statements that read and write it."""
