"""The constructions in which English says who says what, one file a construction, in one list.

A reading proposes attributions from a parsed sentence and knows nothing of the others. `helpers.claims.settle` chooses:
of two readings of one verb the one that stands earlier in the list, the surer, holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from helpers.claims.attribution import Attribution, Cue, Reading, Sentence
from helpers.claims.readings.according import read_according
from helpers.claims.readings.clauses import read_clause
from helpers.claims.readings.colons import read_colon
from helpers.claims.readings.hearsay import read_hearsay
from helpers.claims.readings.inserted import read_inserted
from helpers.claims.readings.inverted import read_inverted
from helpers.claims.readings.misparsed import read_misparsed
from helpers.claims.readings.nouns import read_nouns
from helpers.claims.readings.objects import read_object
from helpers.claims.readings.passives import read_bare_passive, read_impersonal, read_passive, read_raised
from helpers.claims.readings.placed import read_beside, read_placed
from helpers.claims.readings.predicates import read_accused, read_asked, read_named
from helpers.claims.readings.quotation_leads import read_lead
from helpers.claims.readings.quotation_tails import read_tail as read_tail_of_quotation
from helpers.claims.readings.quoted import read_quoted
from helpers.claims.readings.rejoinders import read_rejoinders
from helpers.claims.readings.tails import read_tail


def each_cue(read: Callable[[Cue], Attribution | None]) -> Reading:
    """Make a reading of a whole sentence out of one that reads what a single verb of saying frames."""

    def read_cues(sentence: Sentence, /) -> Iterable[Attribution]:
        return [said for said in map(read, sentence.cues) if said is not None]

    return read_cues


READINGS: tuple[Reading, ...] = (
    partial(read_quoted, read_lead, read_tail_of_quotation),
    read_rejoinders,
    each_cue(read_inverted),
    each_cue(read_inserted),
    each_cue(read_bare_passive),
    each_cue(read_clause),
    each_cue(read_impersonal),
    each_cue(read_passive),
    each_cue(read_raised),
    each_cue(read_placed),
    each_cue(read_object),
    each_cue(read_accused),
    each_cue(read_asked),
    each_cue(read_named),
    each_cue(read_beside),
    read_according,
    read_hearsay,
    read_nouns,
    read_misparsed,
)

# Where none of these finds anything: a sentence whose first or last words alone say who speaks.
FALLBACKS: tuple[Reading, ...] = (read_colon, read_tail)
