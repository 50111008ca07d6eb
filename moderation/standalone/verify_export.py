#!/usr/bin/env python3
"""Проверяет выгрузку журнала модерации без портала:

    python3 verify_export.py journal.ndjson [папка с файлами] [--key-fingerprint ОТПЕЧАТОК]… [--head ОТПЕЧАТОК]…

Нужен только Python 3.9 или новее. Проверяется: номера идут подряд; каждая запись продолжает предыдущую; отпечаток
каждой записи сходится с её содержанием, а отпечаток слов – со словами (где они выгружены); подписи отпечатков по дням
(Ed25519, RFC 8032) верны, и подписанные записи стоят на своих местах. Если указана папка, проверяются и файлы в ней:
имя файла – его SHA-256. --key-fingerprint – отпечаток открытого ключа, записанный со страницы /moderation/ портала:
подписи другим ключом не принимаются. --head – отпечаток записи, который вы записали раньше: он должен найтись в
журнале, иначе конец отрезали вместе с подписью. Код завершения: 0 – журнал цел, 1 – нарушен, 2 – файл не прочитать.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from typing import Any

Point = tuple[int, int, int, int]

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def digest(content: dict[str, Any]) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def add(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    total: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add(total, point)
        point, number = add(point, point), number >> 1
    return total


def unpack(data: bytes) -> Point | None:
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if y >= P or (x * x - square) % P or (not x and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = unpack((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")) or (0, 1, 1, 0)


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    if len(public) != 32 or len(signature) != 64:
        return False
    key, point, number = unpack(public), unpack(signature[:32]), int.from_bytes(signature[32:], "little")
    if not key or not point or number >= L:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    left, right = times(number, BASE), add(point, times(challenge, key))
    return not ((left[0] * right[2] - right[0] * left[2]) % P or (left[1] * right[2] - right[1] * left[2]) % P)


def fault(row: dict[str, Any], number: int, previous: str, folder: str) -> str:
    if row["number"] != number:
        return f"здесь должна стоять запись № {number}: её удалили или изменили порядок"
    if row["previous_hash"] != previous:
        return "запись не продолжает предыдущую: одну из двух подменили"
    content, words = row.get("content"), row.get("words")
    if content is None:
        return ""
    if digest(content) != row["hash"] or content["number"] != number or content["previous_hash"] != previous:
        return "содержание записи изменили"
    if words is not None and digest(words) != content["sealed"]:
        return "слова или ссылку изменили"
    return file_fault(content["evidence"], folder) if folder else ""


def file_fault(files: list[dict[str, Any]], folder: str) -> str:
    for file in files:
        path = os.path.join(folder, file["sha256"])
        if os.path.exists(path):
            with open(path, "rb") as opened:
                if hashlib.sha256(opened.read()).hexdigest() != file["sha256"]:
                    return f"файл «{file['name']}» изменили"
    return ""


def fingerprint(key: str) -> str:
    return hashlib.sha256(bytes.fromhex(key)).hexdigest()


def head_fault(head: dict[str, Any], trusted: list[str]) -> str:
    message = f"glashatay-journal-head/1\n{head['day']}\n{head['count']}\n{head['hash']}\n"
    if trusted and fingerprint(head["public_key"]) not in trusted:
        return f"подпись за {head['day']} сделана другим ключом, его отпечаток {fingerprint(head['public_key'])}"
    if not is_signed(bytes.fromhex(head["public_key"]), message.encode(), bytes.fromhex(head["signature"])):
        return f"подпись за {head['day']} неверна"
    return ""


def check(
    first: dict[str, Any], lines: Iterator[str], folder: str, trusted: list[str], noted: list[str]
) -> tuple[int, int, int, int | None, str]:
    """Возвращает (сколько записей, сколько показано, сколько подписей, номер нарушенной записи, почему)."""
    faults = [(head["count"], why) for head in first["heads"] if (why := head_fault(head, trusted))]
    if faults:
        return 0, 0, 0, *min(faults)
    signed, missing = {head["count"]: head["hash"] for head in first["heads"] if head["count"]}, set(noted)
    number, shown, previous = 0, 0, "0" * 64
    for line in lines:
        row = json.loads(line)
        why = fault(row, number + 1, previous, folder)
        if not why and signed.get(number + 1, row["hash"]) != row["hash"]:
            why = "подписана была другая запись с этим номером"
        if why:
            return number, shown, len(signed), min(number + 1, row["number"]), why
        number, previous, shown = number + 1, row["hash"], shown + ("content" in row)
        missing.discard(previous)
    if signed and max(signed) > number:
        return number, shown, len(signed), number + 1, f"конец журнала отрезали: подписано записей – {max(signed)}"
    if missing:
        why = f"записанного раньше отпечатка {min(missing)} нет: конец отрезали или переписали вместе с подписью"
        return number, shown, len(signed), number + 1, why
    return number, shown, len(first["heads"]), None, previous


def read(arguments: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Имена файла и папки, отпечатки ключей, отпечатки записей. Пробелы, двоеточия и большие буквы не важны."""
    names: list[str] = []
    given: dict[str, list[str]] = {"--key-fingerprint": [], "--head": []}
    left = iter(arguments)
    for word in left:
        name, _, value = word.partition("=")
        if name in given:
            value = "".join(sign for sign in (value or next(left, "")).lower() if sign not in " :-")
            if len(value) != 64 or set(value) - set("0123456789abcdef"):
                raise ValueError(f"после {name} нужен отпечаток: 64 цифры и буквы от a до f")
            given[name].append(value)
        else:
            names.append(word)
    return names, given["--key-fingerprint"], given["--head"]


def tell(first: dict[str, Any], count: int, last: str, trusted: list[str]) -> None:
    heads = first["heads"]
    signed = max((head["count"] for head in heads), default=0)
    if signed < count:
        print(
            f"Записи с № {signed + 1} по № {count} ещё не подписаны: подпись ставится каждую ночь, сверьте их завтра."
        )
    print(f"Отпечаток последней записи: {last}")
    for one in sorted({fingerprint(head["public_key"]) for head in heads}):
        print(f"Отпечаток ключа подписи: {one}")
    if trusted:
        print("Ключ – тот, который вы указали.")
    elif heads:
        print(
            "Чей это ключ, программа не знает. Сверьте его отпечаток с опубликованным на странице /moderation/ портала"
        )
        print(
            "и проверьте ещё раз с --key-fingerprint; отпечаток последней записи запишите, потом укажите его в --head."
        )


def main(arguments: list[str]) -> int:
    try:
        names, trusted, noted = read(arguments[1:])
        if not 1 <= len(names) <= 2:
            print(__doc__)
            return 2
        with open(names[0], encoding="utf-8") as file:
            first = json.loads(next(file))
            count, shown, heads, broken, said = check(first, file, (*names, "")[1], trusted, noted)
    except (OSError, ValueError, KeyError, TypeError, StopIteration) as error:
        print(f"Файл не прочитать: {error}")
        return 2
    if broken is not None:
        print(f"Журнал нарушен на записи № {broken}: {said}.")
        return 1
    print(f"Журнал цел: записей – {count}, показано полностью – {shown}, подписей по дням – {heads}.")
    tell(first, count, said, trusted)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
