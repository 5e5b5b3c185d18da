"""What several commands share: parameters, configuration, documents, errors, progress."""
