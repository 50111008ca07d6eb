"""How a message gets its reply: written, corrected and approved by other eyes, put out in time (procedure, cl. 2.3)."""
