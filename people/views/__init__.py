"""Pages of people: who is here, their roles, invitations, one's own page, the audit log."""
