"""What everybody may know of moderation (procedure, cl. 7): figures, one decision by its number, objections."""
