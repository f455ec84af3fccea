"""As `core.domain.phrases`, in French: said to a vous or a tu, in Québec too.

Looked for in lower case without accents. The keys are what to do instead.
"""

from __future__ import annotations

_STOP = r"(?= ?[.,;:!?)]| et |$)"
_MAIL = r"(?:e-?mail|mail|courriel|message|courrier)"
_ANSWER = r"(?:reponse|retour|nouvelles?)"

EMPTY = {
    "news": (
        r"je me permets de (?:vous |te )?(?:relancer|recontacter|revenir vers)(?: vous| toi)?",
        r"je (?:vous|te) relance\b",
        r"je reviens vers (?:vous|toi)(?= (?:au sujet|concernant|a propos|suite|pour|afin|car|"
        r"comme)\b| ?[.,;:!?]|$)",
        r"(?:une? )?(?:petite? |simple |rapide )?(?:relance amicale|petite relance|simple relance|"
        r"message de relance)",
        r"(?:je voulais|je souhaitais|je voudrais|c'est|c'etait) (?:juste|simplement|seulement) "
        r"(?:pour )?(?:savoir|voir|demander|prendre|faire le point)(?: si)?",
        r"(?:juste|simplement) pour (?:savoir|prendre des nouvelles)",
        r"(?:prendre|prends|viens aux) (?:de (?:vos|tes) |des )?nouvelles",
        r"(?:avez[- ]vous|as[- ]tu|auriez[- ]vous|y a[- ]t[- ]il|y aurait[- ]il) (?:eu )?"
        r"(?:des nouvelles|du nouveau|un retour|des retours)"
        r"(?= (?:sur|concernant|au sujet|a propos|quant|pour)\b| ?[.,;:!?]|$)",
        rf"(?:suite a|je fais suite a|faisant suite a) mon (?:dernier|precedent) {_MAIL}",
        rf"(?:remonter|remonte|remontant) (?:ce|mon) {_MAIL}",
        r"en haut de (?:votre|ta) (?:boite|messagerie)",
    ),
    "point": (
        rf"(?:j'espere|en esperant) que (?:ce|mon|cet) {_MAIL} (?:vous|te) "
        r"(?:trouve|trouvera|parvient|parviendra)",
        r"(?:j'espere|en esperant) que (?:vous allez|tu vas|tout va|tout se passe|"
        r"vous vous portez|tu te portes|vous etes|tu es)(?: tres)? "
        r"(?:bien|pour le mieux|en (?:pleine )?forme|en bonne sante)"
        rf"(?: pour (?:vous|toi)| de (?:votre|ton) cote)?{_STOP}",
        r"a qui de droit",
        r"je me permets de (?:vous |te |m')?(?:contacter|ecrire|solliciter|adresser|envoyer|"
        r"presenter|deranger)",
        r"(?:permettez|laissez|permets|laisse)-moi de? ?me presenter",
        r"(?:vous |t')ajouter a mon reseau",
        r"par la presente",
    ),
    "question": (
        r"dans les (?:meilleurs|plus brefs) delais",
        r"a (?:votre|ta) (?:meilleure )?convenance",
        r"(?:dites|dis)-moi ce que (?:vous en pensez|tu en penses)(?= ?[.,;:!?]|$)",
        r"(?:je serais (?:ravie?|heureu(?:x|se)) d[e']|j'aimerais|j'adorerais) ?"
        r"(?:echanger|discuter|(?:vous |te )rencontrer)(?= ?[.,;:!?]| avec (?:vous|toi) ?[.!?]|$)",
        r"(?:prendre|boire|partager) un (?:petit )?cafe(?= ?[.,;:!?]| ensemble| virtuel|"
        r" avec (?:vous|toi)|$)",
        r"(?:vous|te) (?:voler|prendre) (?:cinq|dix|quelques|5|10) minutes",
    ),
    "plain": (
        r"n'hesite[zs]? (?:surtout )?pas a (?:me |m'|nous )?(?:re)?(?:contacter|appeler|ecrire|"
        r"joindre|venir|demander|solliciter|faire)",
        r"(?:je )?(?:reste|demeure|me tiens) a (?:votre|ta) (?:entiere )?disposition",
        rf"dans l'attente (?:de (?:votre|ta|vous|te)|d'une?) (?:prochaine? )?(?:{_ANSWER}|lire|"
        r"rencontrer)",
        r"comme (?:indique|mentionne|evoque|precise|convenu) dans mon (?:dernier |precedent )?"
        rf"{_MAIL}",
        r"gagnant[- ]gagnant|synergies?|force de proposition|valeur ajoutee",
        r"je suis (?:quelqu'un de |une personne )?(?:tres |particulierement |hautement |plus que )?"
        r"(?:motivee?|passionnee?|dynamique|rigoureu(?:x|se)|proactive?|proactif)\b",
    ),
    "no guilt": (
        r"n'(?:ai|ayant|avons) (?:toujours |encore )?(?:pas |jamais )?(?:encore )?(?:eu|recu) "
        rf"(?:de |d'|votre |ta |aucune? |la moindre )?{_ANSWER}",
        rf"sans {_ANSWER} de (?:votre|ta) part",
        r"sauf erreur de ma part",
        r"(?:vous ne m'avez|tu ne m'as|tu m'as|vous m'avez) (?:toujours |encore )?(?:pas|jamais) "
        r"(?:encore )?(?:repondu|recontactee?|ecrit)",
        r"(?:desolee?|pardon|navree?|excusez-moi|excuse-moi) (?:de |d'|si je )"
        r"(?:vous |te |t')?(?:derang|insist|importun|embet|relanc)\w*",
        r"je (?:sais|me doute|comprends|suis sure?) (?:bien )?que (?:vous etes|tu es) "
        r"(?:tres |super |bien )?(?:occupee?s?|prise?s?|debordee?s?),? mais",
        rf"j'attend(?:s|ais) (?:toujours|encore) (?:votre|ta|une?) {_ANSWER}",
        r"(?:sans vouloir|je ne (?:veux|voudrais) (?:surtout )?pas) (?:vous|te|t') ?"
        r"(?:deranger|importuner|embeter)",
    ),
}

_WORK = r"(?:emploi|travail|poste|boulot|job|cdi|cdd)"
_A_JOB = (
    rf"(?:un |une |du |le |ce |cet |mon |n'importe quel )?(?:nouvel |nouveau |premier |autre )?"
    rf"{_WORK}\b(?! de terrain)"
)

BEGGING = (
    rf"(?:donnez|donne|trouvez|trouve|offrez|offre|proposez|propose)-moi {_A_JOB}",
    r"(?:donnez|donne|laissez|laisse)-moi (?:une|ma|la) chance\b(?! de (?:vous |te )?(?:montrer|"
    r"expliquer|presenter|prouver|remercier|aider))",
    r"(?:embauchez|embauche|recrutez|recrute|engagez|engage)-moi\b",
    r"(?:m'(?:embaucher|engager)|me recruter)\b",
    rf"(?:je (?:cherche|recherche)|il me faut|je suis (?:actuellement |activement )?(?:a la|en) "
    rf"recherche (?:active )?d[eu']|j'ai (?:vraiment |absolument )?besoin d[eu'])"
    rf"(?: activement| actuellement| desesperement)? ?{_A_JOB}",
    r"je suis (?:vraiment |completement )?desesperee?\b",
    r"(?:avez|auriez|recherchez)[- ]vous(?: actuellement| encore| toujours)? (?:un |une |des |du |"
    r"d'autres )?(?:postes?|emplois?|offres?|opportunites?|travail)\b(?=[^?.!]{0,80}\?)",
    r"(?:as-tu|y a-t-il|y aurait-il)(?: actuellement| encore| toujours)? (?:un |une |des |du |"
    r"d'autres )(?:postes?|emplois?|offres? d'emploi|opportunites?|travail)\b(?=[^?.!]{0,80}\?)",
    r"(?:recrutez|embauchez)-vous\b|(?:est-ce que )?(?:vous recrutez|vous embauchez)"
    r"(?=[^.!]{0,60}\?)",
    r"(?:pensez|pense) a moi (?:pour|si|quand|en cas)\b",
    r"gard(?:ez|e)(?:-moi| mon (?:cv|profil)) (?:en tete|a l'esprit|sous la main|sous le coude)",
    r"(?:considerer|etudier|examiner|retenir) (?:ma candidature|mon (?:cv|profil))\b",
    r"(?:j'accepte|j'accepterais|je prends|je prendrais|je ferais) n'importe quel(?:le)? "
    r"(?:travail|emploi|poste|boulot|job)\b",
    r"n'importe quel (?:travail|emploi|poste|boulot|job) (?:me va|fera l'affaire|me convient)",
)
