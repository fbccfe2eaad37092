"""Tables and pictures made from the journal."""
