"""What is said of a newsroom beside its faults, each with what to write instead."""
