"""A sentence and its words: boundaries, parse, quotation marks, forms of words, word lists."""
