"""Documents of office programs and readers of books."""
