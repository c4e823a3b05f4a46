"""What a signature shows on the page: pictures, texts and the typeface they are set in."""
