"""What the rules know, as data, and the one reader that checks it."""
