"""What answers requests: the offline teacher, an endpoint, or our own model, behind one protocol."""
