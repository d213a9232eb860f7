"""Many stories: found in a heap, taken through the stages together, asked as one archive."""
