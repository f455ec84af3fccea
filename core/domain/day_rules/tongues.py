"""Days as they are written in Spanish and French, put into English for the rules.

Only what is surely meant is put so. "El próximo viernes" and "vendredi prochain" are the coming one
to some and next week's to others, as "Friday next" is, and so the answer asks; "fin de semaine" is
the weekend in Québec and Friday in France. English is understood as well, whatever is spoken.
"""

from __future__ import annotations

import re
import unicodedata

from core.domain.day_rules.base import MONTHS, WEEKDAYS

_DAY = rf"({'|'.join(WEEKDAYS)})"
_MONTH = rf"({'|'.join(MONTHS)})"
_SPAN = r"(week|month|year)"


def _names(words: str, english: list[str]) -> dict[str, str]:
    return dict(zip(words.split(), english, strict=True))


_SPANISH_WORDS = {
    **_names("lunes martes miercoles jueves viernes sabado domingo", WEEKDAYS),
    **_names(
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        MONTHS,
    ),
    **{"lun": "monday", "mie": "wednesday", "jue": "thursday", "vie": "friday"},
    **{"sab": "saturday", "dom": "sunday", "setiembre": "september"},
    **{"ene": "january", "abr": "april", "ago": "august", "dic": "december"},
    **{"hoy": "today", "ayer": "yesterday", "anteayer": "2 days ago", "antier": "2 days ago"},
    **_names(
        "un una dos tres cuatro cinco seis siete ocho nueve diez", "1 1 2 3 4 5 6 7 8 9 10".split()
    ),
    **_names("once doce trece catorce veinte treinta", "11 12 13 14 20 30".split()),
    **dict.fromkeys(("dia", "dias"), "days"),
    **dict.fromkeys(("semana", "semanas"), "week"),
    **dict.fromkeys(("mes", "meses"), "month"),
    **dict.fromkeys(("ano", "anos"), "year"),
    **{"navidad": "christmas", "pascua": "easter", "nochevieja": "new years eve"},
}
_FRENCH_WORDS = {
    **_names("lundi mardi mercredi jeudi vendredi samedi dimanche", WEEKDAYS),
    **_names(
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
        MONTHS,
    ),
    **{"lun": "monday", "mer": "wednesday", "jeu": "thursday", "ven": "friday"},
    **{"sam": "saturday", "dim": "sunday"},
    **{"janv": "january", "fev": "february", "fevr": "february", "avr": "april", "juil": "july"},
    **{"dec": "december"},
    **{"demain": "tomorrow", "hier": "yesterday"},
    **_names("un une deux trois quatre cinq six huit neuf dix", "1 1 2 3 4 5 6 8 9 10".split()),
    **_names("onze douze treize quatorze vingt trente", "11 12 13 14 20 30".split()),
    **dict.fromkeys(("jour", "jours"), "days"),
    **dict.fromkeys(("semaine", "semaines"), "week"),
    **{"mois": "month"},
    **dict.fromkeys(("an", "ans", "annee", "annees"), "year"),
    **{"noel": "christmas", "paques": "easter"},
}
_SPANISH_FIRST = (
    (r"(?<!\d )\bmar (?=\d)", "tuesday "),
    (r"\Aesta (?:manana|tarde|noche)\Z", "today"),
    (r"\b(?:por|en) la (?:manana|tarde|noche)\b|\ba primera hora\b", ""),
    (r"\Ahasta |\A(?:desde|a partir de) ", ""),
    (r"\Aa partir del ", "el "),
    (r"\b(?:en|dentro de) ocho dias\b", "in 1 week or in 8 days"),
    (r"\b(?:en|dentro de) quince dias\b", "in 2 weeks or in 15 days"),
    (r"\bhace ocho dias\b", "1 week ago or 8 days ago"),
    (r"\bhace quince dias\b", "2 weeks ago or 15 days ago"),
    (r"\bde hoy en ocho\b", "in 1 week"),
    (r"\bde hoy en quince\b", "in 2 weeks"),
    (r"\b(?:en|dentro de) (?:unos|algunos|pocos)(?: pocos)? dias\b", "in a few days"),
    (r"\bun par de (?=dias|semanas|meses)", "2 "),
    (r"\ba las? (?=\d)", "at "),
    (r"\bpasado manana\b", "in 2 days"),
    (r"\bmanana\b", "tomorrow"),
    (r"\b(?:el )?fin de semana\b", "weekend"),
    (r"\bano nuevo\b", "new year"),
    (r"\bsemana santa\b", "easter"),
    (r"\bdias? (?:habil|habiles|laborables?)\b", "working days"),
    (r"\bque viene\b", "proximo"),
    (r"\b(?:a |al )?(?:fin|fines|final|finales) del? (?:la )?", "end of "),
    (r"\b(?:a )?(?:principios|inicios|comienzos) del? (?:la )?", "beginning of "),
    (r"\b(?:a )?mediados del? (?:la )?", "mid "),
    (r"\bdespues del? ", "after "),
    (r"\bantes del? ", "before "),
    (r"\bprimero de\b", "1"),
    (r"\A(?:el )?dia (?=\d)", "el "),
)
_FRENCH_FIRST = (
    (r"\bmar\b(?! \d+\Z)", "tuesday"),
    (r"\bsept (?=jour|semaine|mois|an)", "7 "),  # it is September else
    (r"\Ace(?:t apres-midi| soir| matin)\Z", "today"),
    (r"\b(?:au |le )?(?:matin|apres-midi|soir)\Z", ""),
    (r"\A(?:jusquau|a partir du) ", "le "),
    (r"\A(?:jusqua|a partir de|des) ", ""),
    (r"\bqui vient\b", "prochain"),
    (r"\bdans huit jours\b", "in 1 week or in 8 days"),
    (r"\bdans (?:quinze jours|une quinzaine(?: de jours)?)", "in 2 weeks or in 15 days"),
    (r"\bil y a huit jours\b", "1 week ago or 8 days ago"),
    (r"\bil y a quinze jours\b", "2 weeks ago or 15 days ago"),
    (r"\bdans quelques jours\b", "in a few days"),
    (r"(?<=\d) ?j\b", " jours"),
    (r"\b(?:a|vers) (\d{1,2}) ?h(?:eures?)?(?: ?\d\d)?\Z", r"at \1"),
    (r"\bapres-demain\b", "in 2 days"),
    (r"\bavant-hier\b", "2 days ago"),
    (r"\baujourdhui\b", "today"),
    (r"\b(?:la |en )?fin de semaine\b", "end of week or saturday"),
    (r"\b(?:le |ce )?week-?end\b", "weekend"),
    (r"\b(?:nouvel an|jour de lan)\b", "new year"),
    (r"\bjours? (?:ouvre|ouvres|ouvrable|ouvrables)\b", "working days"),
    (r"\b(?:a |en )?(?:la )?fin (?:du |de (?:la |l)?|d(?=[ao])|)", "end of "),
    (r"\b(?:au |en )?(?:le )?debut (?:du |de (?:la |l)?|d(?=[ao])|)", "beginning of "),
    (r"\b(?:a la )?mi-(?=\w)", "mid "),
    (r"\b(?:au )?milieu (?:du |de (?:la |l)?|d(?=[ao])|)", "mid "),
    (r"\bapres ", "after "),
    (r"\bavant ", "before "),
    (r"\b1er\b", "1"),
)
_SPANISH_LAST = (
    (r"\b(?:en|dentro de|de aqui a) (\d+ (?:working )?\w+)", r"in \1"),
    (r"\bhace (\d+ (?:working )?\w+)", r"\1 ago"),
    (rf"\b(?:el |la )?(?:proxim[oa] {_SPAN}|{_SPAN} proxim[oa])\b", r"next \1\2"),
    (
        rf"\b(?:el |la )?(?:pasad[oa]|ultim[oa]) {_SPAN}\b|\b(?:el |la )?{_SPAN} pasad[oa]\b",
        r"last \1\2",
    ),
    (rf"\beste {_SPAN}\b|\besta {_SPAN}\b", r"this \1\2"),
    (rf"\b(?:el )?(?:proximo {_DAY}|{_DAY} proximo)\b", r"\1\2 next"),
    (rf"\b(?:el )?(?:pasado|ultimo) {_DAY}\b|\b(?:el )?{_DAY} pasado\b", r"last \1\2"),
    (rf"\beste {_DAY}\b", r"this \1"),
    (rf"{_DAY} de (?=next week|this week|last week)", r"\1 "),
    (rf"\b(\d{{1,2}}) de {_MONTH}(?: del? (?=\d))?", r"\1 \2 "),
    (r"\A(?:el )(\d{1,2})\Z", r"\1th"),
    (rf"\A(?:el )?{_DAY} (\d{{1,2}})\Z", r"\1 the \2th"),
    (rf"\Aen {_MONTH}\Z", r"in \1"),
    (r"\b(?:el|la|los|las|para|del?) (?=\w)", ""),
)
_FRENCH_LAST = (
    (r"\b(?:dans|dici|sous) (\d+ (?:working )?\w+)", r"in \1"),
    (r"\bil y a (\d+ (?:working )?\w+)", r"\1 ago"),
    (
        rf"\b(?:le |la )?{_SPAN} prochaine?\b|\b(?:le |la )?prochaine? {_SPAN}\b",
        r"next \1\2",
    ),
    (rf"\b(?:le |la |l)?{_SPAN} (?:dernier|derniere|passe|passee)\b", r"last \1"),
    (rf"\b(?:ce|cet|cette) {_SPAN}\b", r"this \1"),
    (rf"\b(?:le )?{_DAY} prochain\b|\b(?:le )?prochain {_DAY}\b", r"\1\2 next"),
    (rf"\b(?:le )?{_DAY} (?:dernier|passe)\b", r"last \1"),
    (rf"\bce {_DAY}\b", r"this \1"),
    (rf"{_DAY} en (?:huit|8)\b", r"\1 week"),
    (rf"{_DAY} (?:de|de la) (?=next week|this week|last week)", r"\1 "),
    (r"\A(?:le )(\d{1,2})\Z", r"\1th"),
    (rf"\A(?:le )?{_DAY} (\d{{1,2}})\Z", r"\1 the \2th"),
    (rf"\Aen {_MONTH}\Z", r"in \1"),
    (r"\Adici ", "by "),
    (r"\b(?:le|la|les|pour|du|de) (?=\w)", ""),
)
_TONGUES = {
    "es": (_SPANISH_FIRST, _SPANISH_WORDS, _SPANISH_LAST),
    "fr": (_FRENCH_FIRST, _FRENCH_WORDS, _FRENCH_LAST),
}
_AGO = re.compile(r"\b(?:days?|weeks?|months?|years?) ago\b")
"""English, though "ago" is also how August is abbreviated in Spanish."""


_WORD = re.compile(r"[^\W\d_]+")


def in_english(text: str, language: str) -> str:
    """The words of a day put into English, where they are in that language; as they are, if not.

    Eight and fifteen days in words are a week and two to most who say so, in either language.
    """
    if language not in _TONGUES:
        return text
    first, words, last = _TONGUES[language]
    folded = _folded(text)
    if _AGO.search(folded):
        return text
    line = _rewritten(folded, first)
    line = _WORD.sub(lambda found: words.get(found[0], found[0]), line)
    line = re.sub(r"\b1 days\b", "1 day", line)
    line = " ".join(_rewritten(line, last).split())
    return text if line == " ".join(text.lower().split()) else line


def _folded(text: str) -> str:
    """Lower case without accents, apostrophes, commas and the dots of abbreviations."""
    bare = unicodedata.normalize("NFD", text.lower())
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign))
    bare = re.sub(r"['’º°]", "", bare)
    return " ".join(re.sub(r"(?<=[a-z])\.|,", " ", bare).split())


def _rewritten(line: str, steps: tuple[tuple[str, str], ...]) -> str:
    for pattern, by in steps:
        line = re.sub(pattern, by, line)
    return line
