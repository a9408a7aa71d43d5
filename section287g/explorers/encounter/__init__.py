"""Eight situations, step by step, with no agreement and under each model."""
