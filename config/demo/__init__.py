"""A demonstration on top of the real district: people, accounts and weeks that are invented and say so."""
