"""Which raw code is worth learning from: a rubric, labels by it, and a classifier that learns them."""
