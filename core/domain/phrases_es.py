"""As `core.domain.phrases`, in Spanish: said to a tú, an usted or a vosotros, here and overseas.

Looked for in lower case without accents. The keys are what to do instead.
"""

from __future__ import annotations

_YOUR = r"(?:tus?|sus?|vuestr[oa]s?|cualquier|una?|algun[oa]?)"
_STOP = r"(?= ?[.,;:!?)]| y |$)"

EMPTY = {
    "news": (
        r"(?:solo|solamente|simplemente|unicamente|nada mas) (?:queria|quisiera|quiero|"
        r"(?:te |le |os |les )?escrib(?:o|ia) para|pasaba (?:a|para)|paso (?:a|para)) "
        r"(?:saber|ver|preguntar\w*|consultar\w*)(?: si)?",
        r"(?:te|le|os|les) escribo (?:de nuevo|nuevamente|otra vez) (?:para (?:saber|ver)|por si)",
        r"(?:alguna|algunas|hay|tienes|tiene|tienen|teneis|habria) (?:alguna )?"
        r"(?:novedad(?:es)?|noticias?)(?= (?:sobre|del proceso|de mi|al respecto|acerca)\b"
        r"| ?[.,;:!?]|$)",
        r"(?:dar|dando|doy|darle|hacer|haciendo|hago) seguimiento (?:a|de) "
        r"(?:mis?|nuestr[oa]|la|el) (?:ultim[oa]|anterior|correo|mensaje|e-?mail|solicitud|"
        r"candidatura|postulacion|conversacion|entrevista)",
        r"(?:retomo|retomando|retomar) (?:el|nuestro) (?:contacto|hilo)",
        r"(?:subo|subir|subiendo|reflotar|reflotando) (?:este|mi) (?:correo|mensaje|hilo|e-?mail)",
        r"(?:arriba|al principio) (?:de|en) (?:tu|su) bandeja de entrada",
    ),
    "point": (
        r"esper(?:o|ando) que (?:este|mi|el presente) (?:correo|mensaje|e-?mail)(?: electronico)? "
        r"(?:te|le|les|os|lo|la) (?:encuentre|llegue|halle)",
        r"esper(?:o|ando) que (?:estes?|esteis|esten|te encuentres|se encuentren?|"
        r"todo (?:vaya|marche|este|ande)|(?:te|le|les|os) (?:vaya|este yendo)(?: todo)?)"
        rf"(?: muy)? (?:bien|genial|de maravilla){_STOP}",
        r"a quien (?:corresponda|interese|concierna|pueda (?:interesar|corresponder))",
        r"permit(?:ame|anme|eme|idme) (?:que me presente|presentarme)",
        r"me permito (?:escribir|contactar|dirigir|presentar|molestar)\w*",
        r"me pongo (?:de nuevo )?en contacto (?:contigo|con (?:usted|ustedes|vosotros))"
        r"(?= (?:para|con el fin|a fin)\b)",
        r"(?:por medio de|mediante|por) la presente",
        r"me gustaria (?:agregar|anadir|sumar)(?:te|le|lo|la)? a mi red",
    ),
    "question": (
        r"a la (?:mayor )?brevedad(?: posible)?",
        r"(?:cuando|en cuanto) (?:te|le|os|les) sea posible",
        r"robar(?:te|le|os|les) (?:unos|un par de|cinco|diez|5|10) minutos",
        r"(?:dime|digame|hazme saber|hagame saber|cuentame|cuenteme) (?:que|lo que) "
        r"(?:opinas?|piensas?|(?:te|le) parece)(?= ?[.,;:!?]|$)",
        r"me (?:gustaria|encantaria) (?:tomar(?:nos|me)?|invitar(?:te|le) a) un cafe"
        r"(?= ?[.,;:!?]| contigo| con (?:usted|vosotros|ustedes)|$)",
        r"me (?:gustaria|encantaria) (?:agendar|programar|concertar|tener) una "
        r"(?:llamada|reunion|videollamada)(?= ?[.,;:!?]| contigo| con (?:usted|ustedes)|$)",
    ),
    "plain": (
        r"no (?:dudes?|duden|dudeis) en (?:contactar|escribir|llamar|preguntar|consultar|decir|"
        r"avisar|poner|comunicar)\w*",
        r"(?:segun|conforme a|tal (?:y )?como (?:te|le|os) (?:dije|comente|comentaba|indique) en|"
        r"como (?:te|le|os) (?:dije|decia|comente|comentaba|indique) en) (?:mi|el) "
        r"(?:ultim[oa]|anterior|correo|mensaje)",
        rf"quedo (?:a la espera|atent[oa]|pendiente|al pendiente) (?:de|a) {_YOUR} (?:pronta )?"
        r"(?:respuestas?|noticias?|comentarios?|novedad(?:es)?)",
        r"(?:quedo|estoy|me pongo) a (?:tu|su|vuestra) (?:entera |completa )?disposicion",
        r"sin (?:otro particular|mas por el momento|mas que agregar)",
        r"ganar-ganar|sinergias?|valor (?:agregado|anadido)",
        r"soy (?:una persona )?(?:muy |altamente |sumamente )?(?:proactiv[oa]|motivad[oa]|"
        r"apasionad[oa]|trabajador(?:a)?|dinamic[oa]|responsable)",
    ),
    "no guilt": (
        r"(?:aun |todavia |sigo sin )?(?:no he|no hemos|no habia|haber) "
        r"(?:recibido|tenido|obtenido|sabido)(?: aun| todavia)? (?:ninguna |nada |una |tu |su )?"
        r"(?:respuesta|noticias|contestacion|de (?:ti|usted|ustedes|vosotros))",
        r"no (?:recibi|obtuve|tuve) (?:ninguna |tu |su )?(?:respuesta|noticias|contestacion)",
        r"no me (?:has|ha|han|habeis) (?:respondido|contestado)",
        r"(?:perdon|perdona|perdone|perdonen|disculpa|disculpe|disculpen|lamento|siento) "
        r"(?:que (?:te|le|les|os) |por |las? |si (?:te|le|les|os) )?(?:molest|insist|importun)\w*",
        r"(?:se|imagino|supongo|entiendo) que (?:estas?|estais|estan|andas?) (?:muy |super |tan )?"
        r"(?:ocupad[oa]s?|liad[oa]s?|ataread[oa]s?),? pero",
        rf"sigo (?:esperando|a la espera de) {_YOUR} (?:respuesta|contestacion|noticias)",
        r"no (?:quiero|quisiera|pretendo) (?:molestar|insistir|importunar|ser pesad)\w*",
    ),
}

_WORK = r"(?:trabajo|empleo|puesto|vacante|chamba|laburo|curro)"
_A_JOB = (
    rf"(?:un |una |el |la |algun |alguna |ese |esa |este |esta |cualquier )?(?:nuev[oa] |otr[oa] )?"
    rf"{_WORK}\b(?! (?:en equipo|de campo|previo|remoto que)\b)"
)

BEGGING = (
    rf"(?:da|de|den|dad|consigue|consiga|ofrece|ofrezca|encuentra|encuentre)(?:me|nme) {_A_JOB}",
    r"(?:dame|deme|denme|dadme) (?:una|la|otra) oportunidad\b(?! (?:de|para) (?:mostrar|explicar|"
    r"ensenar|demostrar|contar|agradecer|ayudar))",
    r"(?:contratarme|contratame|contrateme|contratenme|contratadme)\b",
    r"(?:que|si) me contrat(?:es|e|en|ais|aras?|aran|aseis)\b",
    rf"(?:necesito|busco|ando buscando|estoy buscando|me urge|estoy en (?:busca|busqueda) de)"
    rf"(?: urgentemente| desesperadamente| con urgencia| activamente| de verdad)? {_A_JOB}",
    r"(?:estoy|me siento) (?:muy |realmente )?desesperad[oa]\b",
    r"(?:tienes?|tienen|teneis|tendrian?|tendrias?|hay|habria|habra)"
    r"(?: actualmente| ahora| por casualidad)? (?:algun |alguna |algunas |algunos |una? )?"
    r"(?:vacantes?|puestos?|plazas?|empleos?|trabajo)\b(?=[^?.!]{0,80}\?)"
    r"(?! (?:de trabajo para|en equipo|en curso))",
    r"(?:tienes?|tienen|teneis|hay) (?:algo|un (?:sitio|lugar|hueco)) para mi\b",
    r"(?:estas?|estais|estan) (?:actualmente |todavia )?(?:contratando|buscando (?:gente|personal))"
    r"(?=[^.!]{0,60}\?)",
    r"(?:ten|tenga|tengan|tened)me (?:en cuenta|presente|en mente)\b",
    r"(?:considera|considere|consideren) mi (?:candidatura|solicitud|postulacion|perfil|cv|"
    r"curriculum|hoja de vida)\b",
    r"(?:considerame|considereme|considerenme) para\b",
    r"(?:acepto|aceptaria|tomo|tomaria) cualquier (?:trabajo|empleo|puesto|cosa)\b",
    r"cualquier (?:trabajo|empleo|puesto) me (?:sirve|vale|viene bien)\b",
)
