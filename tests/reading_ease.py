"""How easy a text is to read: Flesch's formula for English and Fernández Huerta's for Spanish, 100 easy and 0 hard."""

import re

VOWELS = {"en": r"[aeiouy]+", "es": r"[aeiouáéíóúü]+"}
# Two strong vowels, or a weak one with an accent beside another, are two syllables in Spanish.
HIATUS = re.compile(r"(?<=[aeoáéó])(?=[aeoáéóíú])|(?<=[íú])(?=[aeoáéó])")


def syllables(word, language):
    """How many syllables a word has, roughly."""
    word = word.lower()
    if language == "es":
        return max(1, len(re.findall(VOWELS["es"], HIATUS.sub("-", re.sub(r"(?<=[qg])u(?=[eiéí])", "", word)))))
    count = len(re.findall(VOWELS["en"], word))
    return max(1, count - (word.endswith("e") and not word.endswith("le")))


def reading_ease(text, language):
    words = re.findall(r"[^\W\d_]+", text)
    sentences = max(1, len(re.findall(r"[.!?…](?=\s|$)", text)))
    per_word = sum(syllables(word, language) for word in words) / len(words)
    per_sentence = len(words) / sentences
    if language == "es":
        return 206.84 - 60 * per_word - 1.02 * per_sentence
    return 206.835 - 84.6 * per_word - 1.015 * per_sentence
