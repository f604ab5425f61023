"""What things cost, each as a ratio to a baseline that is measured in the same run, interleaved with it."""
