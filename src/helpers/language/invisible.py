"""Characters that change how a line reads without being seen, and the marker that makes them visible."""

from __future__ import annotations

import re

# Direction overrides, zero-width signs and tags, and the escape and other control characters that a terminal obeys.
INVISIBLE = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c\U000e0000-\U000e007f\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)


def mark_invisible(text: str) -> str:
    """Put a visible marker such as ⟨U+202E⟩ for each character that would change a line unseen."""
    return INVISIBLE.sub(lambda found: f"⟨U+{ord(found.group()):04X}⟩", text)
