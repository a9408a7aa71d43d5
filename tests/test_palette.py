"""Colours are readable and stay apart, also for colour-blind readers."""

import itertools

import numpy as np
import pytest

from section287g import palette
from section287g.counts import MODELS

THEMES = {"light": palette.LIGHT, "dark": palette.DARK}

# Machado, Oliveira and Fernandes (2009), severity 1.0, for linear RGB.
COLOUR_BLINDNESS = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def linear_rgb(colour):
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(linear):
    """CIE L*a*b* (D65) of linear RGB."""
    matrix = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    ratio = matrix @ np.clip(linear, 0, 1) / np.array([0.95047, 1.0, 1.08883])
    f = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("name", THEMES)
def test_text_and_lines_have_contrast(name):
    theme = THEMES[name]
    for text in ("ink", "muted", "jail", "warrant", "task_force", "total"):
        for ground in ("surface", "raised"):
            assert palette.contrast(theme[text], theme[ground]) >= 4.5, (text, ground)
    assert palette.contrast(theme["focus"], theme["surface"]) >= 3


@pytest.mark.parametrize("name", THEMES)
def test_text_on_shades_has_contrast_and_each_shade_is_stronger(name):
    theme = THEMES[name]
    shades = [theme[f"shade_{step}"] for step in range(1, 6)]
    for text, grounds in (("ink", shades[:3]), ("surface", shades[3:])):
        assert min(palette.contrast(theme[text], ground) for ground in grounds) >= 4.5
    from_surface = [palette.contrast(shade, theme["surface"]) for shade in shades]
    assert from_surface == sorted(from_surface) and from_surface[0] > 1.1


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("kind", COLOUR_BLINDNESS)
def test_models_stay_apart_when_colour_blind(name, kind):
    seen = [lab(np.array(COLOUR_BLINDNESS[kind]) @ linear_rgb(THEMES[name][model])) for model in MODELS]
    for first, second in itertools.combinations(seen, 2):
        assert np.linalg.norm(first - second) >= 20


def test_models_differ_without_colour():
    assert len({palette.DASHES[model] for model in MODELS}) == 3
    assert len({palette.MARKERS[model] for model in MODELS}) == 3


def test_both_themes_name_the_same_colours():
    assert palette.LIGHT.keys() == palette.DARK.keys()


def test_css_has_every_colour_of_both_themes():
    css = palette.css_variables()
    for name in palette.LIGHT:
        assert css.count(f"--s287g-{name.replace('_', '-')}: ") == 2
    assert palette.LIGHT["task_force"] in css and palette.DARK["task_force"] in css


def test_contrast_of_black_on_white():
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21)
