"""Measuring what a model learned: pass@k with intervals, bits per byte, and the split by similarity."""
