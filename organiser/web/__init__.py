"""What every page needs: the frame round a request, headers, errors, paging, filters; no domain."""
