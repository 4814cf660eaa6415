"""Problems that judge a model: readers of benchmark files, and the ladder."""
