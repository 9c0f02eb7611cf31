"""Words -> meaning. Pure: no clock, no network, no database; imports nothing of ours."""
