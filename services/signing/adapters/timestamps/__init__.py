"""Time stamps (dấu thời gian, RFC 3161): who is asked for them, and how."""
