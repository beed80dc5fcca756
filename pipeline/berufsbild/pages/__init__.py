"""Pages for the browser: each one file that works offline and asks nobody for anything."""
