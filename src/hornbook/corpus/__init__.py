"""Where raw code comes from: so far, the Python that is installed on this machine."""
