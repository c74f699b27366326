"""What pages, data and lists say, read into records; what one file says wrong is found here."""
