"""Member lists made for the tests of reading them."""
