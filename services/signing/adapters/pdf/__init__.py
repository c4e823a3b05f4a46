"""PDF files as bytes and objects: opening what anyone may have sent, and PDF's own words."""
