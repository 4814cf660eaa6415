"""Recipes: functions that return steps, read top to bottom like a table of contents."""
