"""The words that carry no meaning of their own, by language, without accents."""

from __future__ import annotations

from functools import cache

from core.language import ENGLISH, spoken

_COMMON = {
    ENGLISH: frozenset(
        "a about after all also am an and any are as at be because been but by can could did do "
        "does for from had has have he help her here his how i if in into is it its just like may "
        "me more my need needs new no not now of on one or our out over said say she so some that "
        "the their them then there they this to told two up us use want wants was we were what "
        "when which who will with would year you your".split()
    ),
    "es": frozenset(
        "a al algo ahora ante antes aqui asi aun bien cada como con cual cuando de del desde donde "
        "dos el ella ellas ellos en entre era es esa ese eso esta estan estar este esto estos fue "
        "fueron ha hace hacer hacia han hasta hay he la las le les lo los mas me mi mis mucho muy "
        "necesita necesitan ni no nos nosotros nuestra nuestro nuevo o os otra otro para pero poco "
        "por porque puede pueden que quien quieren quiere se sea ser si sin sobre solo son su sus "
        "tambien te tener ti tiene tienen todo todos tras tu tus un una uno unos usted ustedes va "
        "van vuestra vuestro y ya yo ano".split()
    ),
    "fr": frozenset(
        "a ai ainsi alors apres au aussi autre autres aux avant avec avoir ayant bien car ce cela "
        "ces cet cette chez comme comment dans de des deux donc dont du elle elles en encore entre "
        "est et etaient etait ete etre eu faire fait faut ici il ils j je l la le les leur leurs "
        "lui ma mais me meme mes moi mon ne ni nos notre nous nouveau on ont ou par pas peu peut "
        "peuvent plus pour pourquoi qu quand que qui quoi sa sans se ses si son sont sous sur ta "
        "te tes toi ton tous tout toute tres tu un une va vers veulent veut voir vos votre vous y "
        "c d m n s t annee besoin".split()
    ),
}


def common_words() -> frozenset[str]:
    """Of the language that is spoken, and of English: notes are often in both."""
    return _common_in(spoken())


@cache
def _common_in(language: str) -> frozenset[str]:
    return _COMMON[ENGLISH] | _COMMON.get(language, frozenset())
