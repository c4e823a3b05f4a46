"""Intake (tiếp nhận văn bản đến): from arrival to the closing act."""
