"""Tracking (theo dõi, đôn đốc): what became of each document at each recipient."""
