"""The pages where the tree of organisations is looked after: units, their names, and the words for them."""
