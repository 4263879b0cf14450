"""The training room: labelled texts of the corpora to the model files that classify headings and passages.

Run it with `python -m extractors.training`; nothing that checks a submission may import it.
"""
