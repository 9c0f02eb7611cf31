"""Readers: each says what one answer means, `Found`, or asks back, `Which`, or None. None raises."""

from nlu.dates import Window, availability
from nlu.readers.agreement import yes_no
from nlu.readers.audience import audience
from nlu.readers.business import activity, legal_form, sector
from nlu.readers.choices import choice, choices, levels
from nlu.readers.names import full_name
from nlu.readers.numbers import age, number
from nlu.readers.options import option
from nlu.readers.phones import phone
from nlu.readers.places import Place, nearest_place, place
from nlu.readers.skills import languages, skills
from nlu.readers.stages import stage
from nlu.times.away import until
from nlu.times.coming import When
from nlu.times.putting_off import ENOUGH, put_off
from nlu.times.when import minutes, names_day, names_weekday, when
from nlu.times.whose import whose_clock

__all__ = [
    "ENOUGH", "Place", "When", "Window", "activity", "age", "audience", "availability", "choice", "choices", "full_name",
    "languages", "legal_form", "levels", "minutes", "names_day", "names_weekday", "nearest_place", "number", "option", "phone",
    "place", "put_off", "sector", "skills", "stage", "until", "when", "whose_clock", "yes_no",
]  # fmt: skip
