"""What files say against one another."""
