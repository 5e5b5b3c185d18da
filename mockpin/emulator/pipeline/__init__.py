"""What happens to a request: the steps in their order, and what each step needs."""
