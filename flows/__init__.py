"""The programme: pure conversations. No clock, no database, no network, no text."""
