"""What is published of all stories together, and what a story lacks: the index, the feed, a story.yaml to fill in."""
