"""From files to facts: readers give a Document, structure an Outline, facts a Proposal; no county is known here."""
