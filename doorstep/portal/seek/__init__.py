"""Makes the index by which residents find pages, of what the content says and of the words editors gave."""
