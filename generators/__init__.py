"""Programs that write pages of docs/, schemas and tables again (`make docs`, `make iso-codes`)."""
