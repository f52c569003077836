"""What a report says: counts, sentences, exceptions, history, revisions, the panels' shares."""
