"""Loaded into Dask workers by tests: claims of a text with POISON fail, and a text with KILL ends the process."""

from __future__ import annotations

import os
import signal

from helpers.claims import extract_claims
from helpers.corpus import pipeline


def extract_claims_or_fail(articles, passages, *more):
    """Extract claims, unless a text says that this must fail or that the process must die."""
    if articles["text"].str.contains("KILL").any():
        os.kill(os.getpid(), signal.SIGKILL)
    if articles["text"].str.contains("POISON").any():
        raise ValueError("poisoned")
    return extract_claims(articles, passages, *more)


def dask_setup(worker) -> None:
    """Poison a worker when it starts."""
    pipeline.extract_claims = extract_claims_or_fail
