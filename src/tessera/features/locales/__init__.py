"""The languages that content comes in: which there are, and which one is meant when none is named."""
