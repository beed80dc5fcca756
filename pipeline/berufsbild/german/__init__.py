"""The German language: views, tokens, word types, numbers; nothing about jobs."""
