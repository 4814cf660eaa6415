"""hornbook makes textbook-quality synthetic data sets for training AI, and proves that they teach."""

__version__ = "0.1.0"
