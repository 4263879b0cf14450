"""Data without logic: regulations, lexicon, training texts and samples; read through importlib.resources."""
