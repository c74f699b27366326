"""What templates need besides facts: assets, scripts, forms, codes, numbers to dial."""
