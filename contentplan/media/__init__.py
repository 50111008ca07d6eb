"""Files of posts: what may be one, cleaned of what a camera writes about a person, with a small picture (cl. 6)."""
