"""What may be: an outgoing document act after act, and the agencies it may go to."""
