"""A company's colour, and which letters are read on it. Pure."""

DARK, LIGHT = "#10110f", "#ffffff"


def ink_on(colour: str) -> str:
    """Dark or light letters, whichever stand out more; one of the two always reaches 4.5 to 1."""
    light = _brightness(colour)
    on_light, on_dark = 1.05 / (light + 0.05), (light + 0.05) / (_brightness(DARK) + 0.05)
    return LIGHT if on_light >= on_dark else DARK


def sheet_of(colour: str) -> str:
    """A style sheet for pages outside the frame; it changes nothing without a colour."""
    names = {"accent": colour, "accent-2": colour, "on-accent": ink_on(colour or "#000000")}
    says = "".join(f"--color-{name}:{value};" for name, value in names.items()) if colour else ""
    return f".outside{{{says}}}"


def _brightness(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
