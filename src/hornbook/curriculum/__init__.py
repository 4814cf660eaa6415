"""What the offline teacher knows: concepts, families, the program algebra, phrasing, and the teacher itself."""
