"""HTTP and pages. No policy logic."""
