"""Research on 287(g) and on programs near it, study by study."""
