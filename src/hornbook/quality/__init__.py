"""Gates that data must pass: check, dedup, decontaminate; and measures of diversity."""
