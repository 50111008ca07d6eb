"""Does a text hold something that opens an account? Rather refused once too often than kept once."""

import re

# «Пароль: …», "password = …", «код из СМС 1234», «логин/пароль …».
_NAMES = (
    r"парол\w*|пасс?ворд\w*|passw(?:or)?d\w*|pwd|пин(?:-?код\w*)?|pin(?:-?code)?|токен\w*|token\w*|secret\w*|"
    r"код\w*(?:\s+(?:доступа|подтверждения|восстановления|входа|из\s+(?:смс|sms|письма)|безопасности))?|"
    r"code|otp|2fa|кодов\w+\s+слов\w+|секретн\w+\s+(?:слов\w+|ключ\w*|фраз\w+)|фраз\w+(?:\s+восстановления)?|"
    r"ключ\w*(?:\s+доступа)?|recovery\s+\w+|seed(?:\s+phrase)?"
)
_TOLD = re.compile(rf"(?<!\w)(?:{_NAMES})\s*(?:[:=]|[-–—]\s|(?=[«\"'“„`]))\s*\S", re.IGNORECASE)
# Of what is always a secret also with words between: «пароль от страницы: …», «пароль на вход urtam77».
_ALWAYS = r"парол\w*|passw(?:or)?d\w*|токен\w*|token\w*|пин-?код\w*|pin|кодов\w+\s+слов\w+|фраз\w+"
_TOLD_LATER = re.compile(rf"(?<!\w)(?:{_ALWAYS})(?:\s+[^\W\d]+){{1,3}}\s*[:=]\s*\S", re.IGNORECASE)
_GIVEN_LATER = re.compile(
    rf"(?<!\w)(?:{_ALWAYS})(?:\s+[^\W\d]+){{1,2}}\s+(?!\S*\d[./-]\d)(?=\S*[^\W\d])(?=\S*\d)\S{{4,}}", re.IGNORECASE
)
# The word and right behind it something with a digit that is no date and no number of days: «пароль urtam2020».
_BESIDE = re.compile(
    rf"(?<!\w)(?:{_NAMES})\s+(?:на\s+)?(?!\d{{1,2}}[./]\d|\d{{1,3}}\s)(?=\S*\d)\S{{4,}}",
    re.IGNORECASE,
)
_KNOWN_TOKENS = re.compile(
    r"\b\d{8,10}:[\w-]{30,}|\bvk1\.a\.\S+|\beyJ[\w-]{10,}|otpauth://|\b(?:ghp|sk|xox[bp])[-_]\w{10,}"
)
_PHRASE = re.compile(r"(?:\b[a-z]{3,8}\b[\s,;]+){11,}\b[a-z]{3,8}\b")
_LONE_CODE = re.compile(r"(?<![\w№.,/+()-])(?<!№\s)\d{6,8}(?![\w/.,-]*\w)")
_CODES = re.compile(r"(?:(?<!\d)\d{4,8}(?!\d)[\s,;]+){2,}\d{4,8}(?!\d)")
_ADDRESS = re.compile(r"https?://\S+|\b[\w.+-]+@[\w-]+\.[\w.]+|\b(?:[\w-]+\.)+(?:ru|com|me|рф|org)\b(?:/\S*)?")
_PHONE = re.compile(r"(?:\+7|\b8)[\s(.-]*\d{3,5}[\s).-]*(?:\d[\s.-]?){4,7}|\(\d{3,5}\)[\s\d-]{5,10}")
_SHORTEST = 8  # letters of a lone word that may be a password
_KEY_LENGTH = 20


def looks_secret(text: str) -> bool:
    """Whether the text may hold a password, a code, a token or a phrase of recovery."""
    if any(pattern.search(text) for pattern in (_KNOWN_TOKENS, _TOLD, _BESIDE, _TOLD_LATER, _GIVEN_LATER)):
        return True
    rest = _PHONE.sub(" ", _ADDRESS.sub(" ", text))
    if _PHRASE.search(rest) or _LONE_CODE.search(rest) or _CODES.search(rest):
        return True
    return any(_is_password(word.strip("«»\"'“”„.,;:()")) for word in rest.split())


def _is_password(word: str) -> bool:
    """One word of several kinds of signs, as people write only when they must: «Qwerty12», «p@ssw0rd»."""
    latin = re.search(r"[A-Za-z]", word)
    digit = re.search(r"\d", word)
    if not latin or len(word) < _SHORTEST:
        return False
    if digit and re.search(r"[a-z]", word) and re.search(r"[A-Z]", word):
        return True
    if digit and len(word) >= _KEY_LENGTH:
        return True
    return bool(re.search(r"[!@#$%^&*+=~?<>|\\]", word))
