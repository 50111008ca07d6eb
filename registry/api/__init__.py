"""The registry for machines, `/api/v1/`: what is public, readable from any site, without a key and without cookies.

No answer ever carries a person's name or anything of a prohibited network; the work phone and e-mail of an entry are
public. `/api/` is the description for people, `/api/v1/openapi.json` the one for programs (OpenAPI 3).
"""
