"""The return that is written for a service area to fill."""
