"""What members attach: bytes kept once, seen only through the thing that owns them."""
