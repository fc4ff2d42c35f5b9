"""Parts of the benches that count: a register of any size, reading its totals, writing past them."""
