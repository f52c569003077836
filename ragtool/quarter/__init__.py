"""One quarter: returns merged with the plan, milestones carried, items rated, earlier quarters corrected."""
