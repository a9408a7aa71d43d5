"""Answers to the exercises in which a learner makes a slider with interact."""

import ipywidgets


def slider(**settings):
    """What ipywidgets.interact gives back: its function, with the controls at it."""

    def called(**_values):
        pass

    called.widget = ipywidgets.interactive(called, **settings)
    return called
