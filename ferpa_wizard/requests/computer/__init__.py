"""Whether this computer and this account suit the program: one small function a check."""
