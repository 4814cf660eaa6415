"""Pure readers of a run folder: the score table, the report page, and the story of one record."""
