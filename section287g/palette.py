"""The only place where colours stand, and the typeface that text has on pages and in pictures.

Three models, three colours made darker or lighter from the Okabe-Ito set (safe for the common kinds of colour
blindness): blue for jail, amber brown for warrant, reddish purple for task force. No red against green, no party
colours. Colour never stands alone: each model also has its own dash pattern and marker.

Colours are sRGB text like "#0b62a4". Against `surface` every text colour reaches a contrast of at least 4.5:1
and every line colour at least 3:1 (WCAG 2.2, success criteria 1.4.3 and 1.4.11); `tests/test_palette.py` measures it.
The shades are one neutral gray from near the surface (1) to near the ink (5), for more and more of one thing: text on
shades 1 to 3 is `ink`, on 4 and 5 it is `surface`.
"""

LIGHT = {
    "ink": "#1b2430",
    "muted": "#566170",
    "line": "#dde2e8",
    "surface": "#ffffff",
    "raised": "#f4f6f9",
    "focus": "#0b57d0",
    "accent": "#0f5c5c",
    "jail": "#0a58ca",
    "warrant": "#7d4e08",
    "task_force": "#b0207f",
    "total": "#1b2430",
    "shade_1": "#e6eaef",
    "shade_2": "#c8d1db",
    "shade_3": "#a3b1c0",
    "shade_4": "#56677b",
    "shade_5": "#2c3a4b",
}

DARK = {
    "ink": "#e8ecf1",
    "muted": "#a9b4c2",
    "line": "#333d49",
    "surface": "#14181e",
    "raised": "#1f262f",
    "focus": "#8ab4f8",
    "accent": "#86cfc6",
    "jail": "#5aa2f7",
    "warrant": "#e8982e",
    "task_force": "#f4b2da",
    "total": "#e8ecf1",
    "shade_1": "#232c37",
    "shade_2": "#344253",
    "shade_3": "#4b5d73",
    "shade_4": "#8fa3ba",
    "shade_5": "#ccd8e5",
}

# Dash patterns in SVG's notation (lengths of stroke and gap in pixels; empty: solid).
DASHES = {"jail": "7 3", "warrant": "2 2.5", "task_force": "", "total": ""}

# Marker names of matplotlib; the explorers draw the same shapes.
MARKERS = {"jail": "s", "warrant": "^", "task_force": "o", "total": "D"}

# Of the reader's own machine: the first that is there.
FONTS = "'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, sans-serif"


def css_variables() -> str:
    """Both themes and the typeface as CSS custom properties `--s287g-NAME`, for the book and for JupyterLab.

    Dark applies on screen under `html[data-theme=dark]` (the book) and `body[data-jp-theme-light=false]` (JupyterLab);
    paper is light.
    """
    dark_selectors = 'html[data-theme="dark"], body[data-jp-theme-light="false"]'
    light = f"  --s287g-fonts: {FONTS};\n{_properties(LIGHT)}"
    return f":root {{\n{light}}}\n@media screen {{ {dark_selectors} {{\n{_properties(DARK)}}} }}\n"


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _properties(theme: dict[str, str]) -> str:
    return "".join(f"  --s287g-{name.replace('_', '-')}: {colour};\n" for name, colour in theme.items())


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
