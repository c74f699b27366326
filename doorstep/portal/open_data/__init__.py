"""What other programs read: services and the catalog in the forms their standards ask for."""
