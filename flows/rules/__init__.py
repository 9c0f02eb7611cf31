"""Rules that outlive any one conversation; pure functions over facts."""
