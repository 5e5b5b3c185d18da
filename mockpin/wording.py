"""Numbers in sentences, and names in lines."""


def count(number: int, noun: str) -> str:
    """`1 event`, `1,200 events`, `2 batches`."""
    ending = "es" if noun.endswith("ch") else "s"
    return f"{number:,} {noun}{'' if number == 1 else ending}"


def printable(text: str) -> str:
    """The text with its escape in place of each character that a terminal would obey or hide."""
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in text)
