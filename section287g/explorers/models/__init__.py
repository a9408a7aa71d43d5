"""Powers and safeguards of the three models side by side, and how the agreement forms changed."""
