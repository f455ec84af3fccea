"""The headings that people and tools give to columns, in many languages."""

from __future__ import annotations

import re
from enum import StrEnum

from core.domain.names import folded


class Meaning(StrEnum):
    """What a column can hold. Whatever has none of these goes into the note."""

    NAME = "name"
    SURNAME = "last name"
    ORGANIZATION = "organization"
    ABOUT = "role"
    APPLIED = "date applied"
    STATUS = "status"
    ADDRESS = "contact"
    LINK = "link"
    NOTE = "note"
    LEAVE_OUT = "leave out"


# The surest words come first: where a sheet has a "date applied" and a "date", the former is taken.
_HEADINGS: tuple[tuple[Meaning, str], ...] = (
    (
        Meaning.NAME,
        "name|first name|given name|vorname|prenom|nombre de pila|"
        "contact name|contact person|recruiter|hiring manager|person|people|who|full name|"
        "ansprechpartner|ansprechperson|kontaktperson|recruiter name|nom|nom du contact|"
        "nombre|persona de contacto|nombre del contacto|reclutador|reclutadora|contacto|personne|"
        "personne a contacter|recruteur|recruteuse|nom complet|nombre completo|nome|referente|"
        "contatto|contactpersoon|osoba",
    ),
    (
        Meaning.SURNAME,
        "last name|surname|family name|nachname|familienname|nom de famille|apellido|apellidos|"
        "cognome|achternaam|nazwisko",
    ),
    (
        Meaning.ORGANIZATION,
        "company|company name|organization|organisation|employer|firm|firma|unternehmen|"
        "arbeitgeber|betrieb|entreprise|nom de l entreprise|societe|employeur|organisme|empresa|"
        "nombre de la empresa|compania|organizacion|empleador|azienda|societa|"
        "bedrijf|werkgever|firma nazwa|pracodawca|foretag|virksomhed|yritys|会社|公司|企業",
    ),
    (
        Meaning.ABOUT,
        "role|position|job|job title|title|vacancy|opening|about|stelle|position stelle|rolle|"
        "jobtitel|stellenbezeichnung|poste|intitule|intitule du poste|titre du poste|fonction|"
        "offre|"
        "puesto|cargo|vacante|posicion|rol|oferta|titulo del puesto|"
        "vaga|posizione|ruolo|functie|vacature|stanowisko|职位|職種|ポジション",
    ),
    (
        Meaning.APPLIED,
        "date applied|applied|applied on|application date|date|date sent|applied date|sent|"
        "beworben am|beworben|bewerbungsdatum|datum|datum der bewerbung|gesendet|"
        "date de candidature|candidature|date d envoi|date d application|envoye le|postule le|"
        "fecha de postulacion|fecha de envio|enviado el|fecha|fecha de solicitud|"
        "fecha de aplicacion|data|data candidatura|data de candidatura|inviata il|"
        "sollicitatiedatum|data aplikacji|date added|added|应聘日期|応募日",
    ),
    (
        Meaning.STATUS,
        "status|where it stands|stage|state|result|outcome|progress|stand|ergebnis|statut|etat|"
        "reponse|etape|avancement|suivi|resultat|"
        "estado|estatus|etapa|fase|resultado|situacao|stato|esito|resultaat|etap|phase|状态|結果|進捗",
    ),
    (
        Meaning.ADDRESS,
        "email|e mail|mail|contact email|phone|telephone|telefon|tel|contact|contact info|"
        "email address|courriel|adresse courriel|adresse e mail|telephone portable|correo|"
        "correo electronico|direccion de correo|telefono movil|celular|datos de contacto|kontakt|"
        "contato|telefono|mobile",
    ),
    (
        Meaning.LINK,
        "link|url|job link|posting|website|job url|anzeige|lien|lien de l offre|enlace|vinculo|"
        "enlace a la oferta|annuncio|webseite",
    ),
    (
        Meaning.NOTE,
        "note|notes|comment|comments|remarks|notiz|notizen|bemerkung|bemerkungen|kommentar|"
        "commentaire|commentaires|remarques|observations|prochaine etape|date limite|nota|notas|"
        "proximos pasos|fecha limite|comentarios|observaciones|annotazioni|"
        "opmerkingen|uwagi|next steps|details|備考|备注|connected on|deadline|closing date|"
        "date saved|saved|interview date|created|created at|updated|updated at|last updated|due|"
        "due date|frist",
    ),
)
_SAID = {
    word: (meaning, rank)
    for meaning, words in _HEADINGS
    for rank, word in enumerate(words.split("|"))
}
_LONG_HEADING = 5
"""Words of a heading, at most, among which one that is known is looked for."""


def meaning_of(heading: str, *, exact: bool) -> tuple[Meaning, int] | None:
    """What a column so headed holds, and how sure that is: 0 is the surest.

    If not `exact`, a known word among others is found too.
    """
    words = re.sub(r"[^\w]+", " ", folded(heading)).strip()
    if exact or not words:
        return _SAID.get(words)
    parts = words.split()
    if len(parts) > _LONG_HEADING:
        return None
    known = (_SAID.get(" ".join(parts[a:b])) for b in range(len(parts), 0, -1) for a in range(b))
    return next((found for found in known if found), None)
