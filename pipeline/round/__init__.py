"""A round (申报批次) in plain functions: what is there, what is done, what is left, the ledger. No Prefect."""
