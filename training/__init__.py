"""The training side: from corpus to a signed-off model. Never imported by `screener`."""
