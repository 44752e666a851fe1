"""Study: reviews now; sessions and scheduling build on them."""
