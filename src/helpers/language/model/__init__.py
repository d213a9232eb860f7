"""The embedded English pipeline: weights trained from open treebanks; see MODEL_CARD.md."""
