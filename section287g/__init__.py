"""287(g), Explained: the data, counts, figures and explorers behind the book."""
