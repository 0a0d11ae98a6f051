"""The pages of the two shells, one module each."""
