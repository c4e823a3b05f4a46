"""Digital signatures (chữ ký số): made, verified and reported."""
