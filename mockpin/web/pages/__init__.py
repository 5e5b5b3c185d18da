"""The pages under `/__mockpin/ui`: one module a page."""
