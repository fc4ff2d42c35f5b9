"""The ground floor: clock, words, numbers, tables and tenants; it knows nothing of members or calls."""
