"""Hints for the person who moderates: which words of a text deserve a look, and why (procedure, cl. 7).

Nothing here decides anything. Rules are data: the shipped lists in `shipped/`, and the portal's own rows.
"""
