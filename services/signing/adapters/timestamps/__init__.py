"""Time stamps (dấu thời gian, RFC 3161): who gives them."""
