"""How safe each account is, who holds the rights to it, and what happens when access is lost (order, cl. 2.3).

Only for those concerned: the people of the body, the department, the administrator. Nothing here is ever public, and
nothing that opens an account is stored or asked: no password, code, token or phrase.
"""
