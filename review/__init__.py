"""A text that one person writes and another approves: what planned posts and replies share (procedure, cl. 2.3).

Abstract models, the one door that moves a status, the claim of a reviewer, word diff, quotes of remarks. This room has
no tables, no pages and no roles of its own: what is reviewed and who decides, the rooms above say.
"""
