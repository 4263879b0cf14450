"""Prefect flows over many submissions, and nothing but Prefect."""
