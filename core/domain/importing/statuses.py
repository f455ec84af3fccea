"""What a status means for the follow-up, in the words of many tools and languages."""

from __future__ import annotations

import re
from enum import StrEnum

from core.domain.names import folded


class Standing(StrEnum):
    """Where an application stands."""

    PLANNED = "not applied yet"
    WAITING = "waiting"
    TALKING = "talking"
    DISMISSED = "dismissed"
    LANDED = "landed"
    LEAVE_OUT = "leave out"


_WORDS: dict[Standing, str] = {
    Standing.PLANNED: (
        "wishlist|saved|to apply|bookmarked|interested|not applied|not applied yet|draft|planned|"
        "todo|to do|researching|geplant|offen|merkliste|a postuler|a envoyer|brouillon|"
        "enregistree|por aplicar|por postular|por enviar|guardada|guardado|borrador|"
        "pendiente de enviar|"
        "da inviare|te solliciteren"
    ),
    Standing.WAITING: (
        "applied|waiting|no response|no reply|pending|submitted|sent|in review|under review|"
        "ghosted|awaiting|awaiting response|follow up|followed up|in progress|open|active|"
        "application sent|received|beworben|wartend|warte|keine antwort|abgeschickt|gesendet|"
        "eingegangen|in bearbeitung|laufend|en attente|envoye|envoyee|postule|pas de reponse|"
        "sans reponse|relance|relancee|a relancer|"
        "candidature envoyee|en cours|enviado|enviada|en espera|sin respuesta|aplicado|aplicada|"
        "postulado|postulada|solicitado|solicitada|candidatura enviada|en proceso|en curso|"
        "en revision|"
        "em analise|aguardando|inviata|inviato|in attesa|nessuna risposta|verzonden|wachtend|"
        "wyslano|wyslane|oczekuje|已申请|応募済み|選考中"
    ),
    Standing.TALKING: (
        "interview|interviewing|phone screen|screening|screen|phone interview|onsite|first round|"
        "second round|final round|assessment|take home|talking|in conversation|recruiter call|"
        "call scheduled|interview scheduled|technical|technical interview|gesprach|"
        "vorstellungsgesprach|telefoninterview|eingeladen|einladung|entretien|entretien prevu|"
        "entretien passe|en discussion|entrevista|entrevistado|entrevistada|en entrevista|"
        "entrevista programada|colloquio|gesprek|rozmowa|面试|面接"
    ),
    Standing.DISMISSED: (
        "rejected|rejection|declined|no|closed|not selected|turned down|dismissed|withdrawn|"
        "withdrew|position filled|absage|abgelehnt|abgesagt|refus|refuse|refusee|negatif|"
        "refus recu|pas retenu|pas retenue|non retenu|non retenue|sans suite|rechazo|rechazado|"
        "rechazada|descartado|rejeitado|recusado|rifiutato|rifiutata|respinta|"
        "afgewezen|odmowa|odrzucono|拒绝|不採用|不合格"
    ),
    Standing.LANDED: (
        "offer|offered|offer accepted|accepted|hired|landed|job offer|offer received|zusage|"
        "angebot|eingestellt|offre|offre recue|embauche|acceptee|accepte|oferta|"
        "oferta recibida|aceptado|aceptada|contratado|contratada|"
        "offerta|assunto|aanbod|aangenomen|录用|内定"
    ),
}
_SAID = {word: standing for standing, words in _WORDS.items() for word in words.split("|")}


def standing_of(text: str) -> Standing | None:
    """What a status means; None for one that nobody told us of. An empty one is not asked for.

    A longer one is told by what it begins with, as in "Interview 12.11." or "Rejected - no fit".
    """
    words = _key(text)
    if words in _SAID:
        return _SAID[words]
    parts = words.split()
    starts = (" ".join(parts[:size]) for size in range(min(len(parts), 3), 0, -1))
    return next((_SAID[start] for start in starts if start in _SAID), None)


def _key(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", folded(text)).split())
