"""An Outline and a Lexicon to a Proposal: sections by meaning, budget, form fields, conditions, project facts."""
