"""Speed and memory as ratios to something everybody has: `python -m benchmarks`."""
