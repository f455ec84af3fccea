"""What stands in which column: told by its heading in many languages, else by what it holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from core.domain.drafting import is_mail_address
from core.domain.importing.dates import day_in, month_first_in
from core.domain.importing.sheets import Sheet
from core.domain.importing.statuses import standing_of
from core.domain.names import folded


class Meaning(StrEnum):
    """What a column can hold. Whatever has none of these goes into the note."""

    NAME = "name"
    ORGANIZATION = "organization"
    ABOUT = "role"
    APPLIED = "date applied"
    STATUS = "status"
    ADDRESS = "contact"
    LINK = "link"
    NOTE = "note"
    LEAVE_OUT = "leave out"


_HEADINGS: tuple[tuple[Meaning, str], ...] = (
    (
        Meaning.NAME,
        "name|contact name|contact person|recruiter|hiring manager|person|people|who|full name|"
        "ansprechpartner|ansprechperson|kontaktperson|recruiter name|nom|nom du contact|"
        "nombre|persona de contacto|reclutador|nome|referente|contatto|contactpersoon|osoba",
    ),
    (
        Meaning.ORGANIZATION,
        "company|company name|organization|organisation|employer|firm|firma|unternehmen|"
        "arbeitgeber|betrieb|entreprise|societe|employeur|empresa|compania|azienda|societa|"
        "bedrijf|werkgever|firma nazwa|pracodawca|foretag|virksomhed|yritys|会社|公司|企業",
    ),
    (
        Meaning.ABOUT,
        "role|position|job|job title|title|vacancy|opening|about|stelle|position stelle|rolle|"
        "jobtitel|stellenbezeichnung|poste|intitule|intitule du poste|offre|puesto|cargo|vacante|"
        "vaga|posizione|ruolo|functie|vacature|stanowisko|职位|職種|ポジション",
    ),
    (
        Meaning.APPLIED,
        "date applied|applied|applied on|application date|date|date sent|applied date|sent|"
        "beworben am|beworben|bewerbungsdatum|datum|datum der bewerbung|gesendet|"
        "date de candidature|candidature|date d envoi|postule le|fecha|fecha de solicitud|"
        "fecha de aplicacion|data|data candidatura|data de candidatura|inviata il|"
        "sollicitatiedatum|data aplikacji|date added|added|应聘日期|応募日",
    ),
    (
        Meaning.STATUS,
        "status|stage|state|result|outcome|progress|stand|ergebnis|statut|etat|reponse|etape|"
        "estado|situacao|stato|esito|resultaat|etap|phase|状态|結果|進捗",
    ),
    (
        Meaning.ADDRESS,
        "email|e mail|mail|contact email|phone|telephone|telefon|tel|contact|contact info|"
        "email address|courriel|correo|correo electronico|kontakt|contato|telefono|mobile",
    ),
    (
        Meaning.LINK,
        "link|url|job link|posting|website|job url|anzeige|lien|enlace|annuncio|webseite",
    ),
    (
        Meaning.NOTE,
        "note|notes|comment|comments|remarks|notiz|notizen|bemerkung|bemerkungen|kommentar|"
        "commentaire|commentaires|remarques|notas|comentarios|observaciones|annotazioni|"
        "opmerkingen|uwagi|next steps|details|備考|备注",
    ),
)
_SAID = {word: meaning for meaning, words in _HEADINGS for word in words.split("|")}
_LONG_HEADING = 3
"""Words of a heading in which one that is known is looked for."""
MOSTLY = 0.7


def guess(sheet: Sheet, today: date) -> dict[int, Meaning]:
    """The meaning of each column. Only one is the organization, one the role and so on."""
    found: dict[int, Meaning] = {}
    for exact in (True, False):
        for number, heading in enumerate(sheet.headings):
            meaning = _by_heading(heading, exact=exact)
            if number not in found and meaning and not _taken(meaning, found):
                found[number] = meaning
    for number in range(sheet.width):
        if number not in found:
            meaning = _by_cells(sheet.column(number), today)
            if meaning and not _taken(meaning, found):
                found[number] = meaning
    if not sheet.headings:
        _by_place(sheet, found)
    return {number: found.get(number, Meaning.NOTE) for number in range(sheet.width)}


def corrected(columns: Mapping[int, Meaning], number: int, meaning: Meaning) -> dict[int, Meaning]:
    """With one column's meaning changed; the column that had it before becomes a note."""
    several = meaning in (Meaning.NOTE, Meaning.LEAVE_OUT)
    others = {n: Meaning.NOTE if m is meaning and not several else m for n, m in columns.items()}
    return {**others, number: meaning}


def _taken(meaning: Meaning, found: Mapping[int, Meaning]) -> bool:
    return meaning is not Meaning.NOTE and meaning in found.values()


def _by_heading(heading: str, *, exact: bool) -> Meaning | None:
    words = re.sub(r"[^\w]+", " ", folded(heading)).strip()
    if exact or not words:
        return _SAID.get(words)
    parts = words.split()
    if len(parts) > _LONG_HEADING + 2:
        return None
    known = (_SAID.get(" ".join(parts[a:b])) for b in range(len(parts), 0, -1) for a in range(b))
    return next((meaning for meaning in known if meaning), None)


def _by_cells(cells: list[str], today: date) -> Meaning | None:
    if not cells:
        return None
    month_first = month_first_in(cells, otherwise=False)
    for meaning, fits in (
        (Meaning.APPLIED, lambda c: day_in(c, today, month_first=month_first) is not None),
        (Meaning.ADDRESS, is_mail_address),
        (Meaning.LINK, lambda c: c.startswith(("http://", "https://", "www."))),
        (Meaning.STATUS, lambda c: standing_of(c) is not None),
    ):
        if sum(map(fits, cells)) >= MOSTLY * len(cells):
            return meaning
    return None


def _by_place(sheet: Sheet, found: dict[int, Meaning]) -> None:
    """Without headings the first words are mostly the company, the next the role."""
    free = [n for n in range(sheet.width) if n not in found and sheet.column(n)]
    for number, meaning in zip(free, (Meaning.ORGANIZATION, Meaning.ABOUT), strict=False):
        found[number] = meaning
