"""One day or hour as people say it: words, days, hours, mentions, and what they come to."""
