"""What is asked of a teacher (plan, prompts), and how its answers become records (exercise, textbook)."""
