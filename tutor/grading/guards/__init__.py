"""Guards: deterministic checks, one idea a module, each `find(attempt) -> list[Finding]`."""
