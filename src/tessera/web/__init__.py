"""The HTTP toolkit, the only place that knows the framework."""
