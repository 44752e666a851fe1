"""The edges to models: embedders."""
