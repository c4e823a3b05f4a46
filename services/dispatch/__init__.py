"""Dispatch (phát hành văn bản đi): drafts, checks, numbers, signatures asked for, issue."""
