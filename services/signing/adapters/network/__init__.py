"""The network (mạng): the one way signing asks anything outside, bounded in time and size."""
