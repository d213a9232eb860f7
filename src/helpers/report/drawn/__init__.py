"""What figures of notebook and page show, laid out, put in words, and drawn as SVG."""
