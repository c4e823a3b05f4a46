"""The front door for people at a terminal: commands, pages and letters of the demonstration."""
