"""Finds pages by what people say: one ranker over one index, here and (theme/scripts/seeking/) in the browser."""
