"""A council's own list of measures or actions, under whatever headings, taken into a plan."""
