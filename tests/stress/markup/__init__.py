"""What looks like markup, in every text."""
