"""A second reader, a person or a model: every quotation looked up, every answer kept, merged with what the engine finds."""

from helpers.readings.files import read_readings
from helpers.readings.form import ReadingError
from helpers.readings.material import Material
from helpers.readings.merge import merge_findings
from helpers.readings.take import take_readings
from helpers.readings.taken import count_states

__all__ = ["Material", "ReadingError", "count_states", "merge_findings", "read_readings", "take_readings"]
