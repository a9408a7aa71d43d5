"""Where an agreement form says something: reading the references in the table ``model_powers``."""

from __future__ import annotations

PREFIXES = {"jail": "JEM", "warrant": "WSO", "task_force": "TFM"}  # how the references name the form of each model


def clause(moa_section: str, model: str) -> str:
    """The parts of a reference such as "JEM II, App. A; WSO App. A; TFM I" that belong to one model, without its
    prefix; "" if none."""
    prefix = f"{PREFIXES[model]} "
    return "; ".join(
        part.removeprefix(prefix).strip("()") for part in moa_section.split("; ") if part.startswith(prefix)
    )
