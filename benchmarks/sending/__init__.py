"""The parts of `benchmarks.send`: a sink, bare loops, the real sender, peers, and their targets."""
