"""What is wrong with content: a finding, the rules it may break, and where in a file it stands."""
