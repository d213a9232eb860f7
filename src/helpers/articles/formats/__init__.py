"""One module a format of files, and the registry that knows them: bytes in, documents out."""
