"""What people write to the bodies: how it comes in, is sorted, shared out and brought to an end (procedure, cl. 7)."""
