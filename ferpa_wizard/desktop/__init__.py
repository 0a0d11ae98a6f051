"""The window: asks the requests room, draws what it says, decides nothing."""
