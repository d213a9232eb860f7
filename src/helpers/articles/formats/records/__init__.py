"""Files of many records, one article a record: tables, lists of objects, references of libraries."""
