"""Legal acts and their files: kept by the department, open to everybody once the act is published (order, cl. 4, 5)."""
