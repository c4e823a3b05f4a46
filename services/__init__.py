"""Six services with the same rooms, the kernel that carries them, and the command line."""
