"""Accounts (tài khoản): agencies, people, sessions."""
