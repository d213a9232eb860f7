"""What a person reviewed: a record that only grows, found again in texts that change, applied in every stage of every run."""

from helpers.reviews.apply import apply_reviews
from helpers.reviews.form import ReviewError
from helpers.reviews.record import append_reviews, list_orphans, read_reviews

__all__ = ["ReviewError", "append_reviews", "apply_reviews", "list_orphans", "read_reviews"]
