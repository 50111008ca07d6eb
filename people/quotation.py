"""Quotes within quotes: the title of a post may have «ёлочки» of its own and stands in «ёлочки» in a sentence."""

_OPEN, _CLOSE = "«", "»"


def nested(text: str) -> str:
    """«Сохранено: «Акция «Лёд»».» becomes «Сохранено: «Акция „Лёд“».»; where quotes do not pair nothing changes."""
    depth, written = 0, []
    for sign in text:
        depth += sign == _OPEN
        if depth > 1 and sign in (_OPEN, _CLOSE):
            written.append("„" if sign == _OPEN else "“")
        else:
            written.append(sign)
        depth -= sign == _CLOSE
        if depth < 0:
            return text
    return text if depth else "".join(written)
