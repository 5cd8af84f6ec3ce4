"""A URL that stands in running text: where it ends, and the sentence goes on."""


def without_sentence_end(address: str) -> str:
    """The address without the signs that belong to the sentence around it."""
    while True:
        bare = address.rstrip(".,:;!?*'’…–")
        if bare.endswith(")") and bare.count(")") > bare.count("("):
            bare = bare[:-1]
        if bare == address:
            return address
        address = bare
