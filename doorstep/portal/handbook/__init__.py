"""What editors are given: drafts of pages, the handbook's lists, snippets."""
