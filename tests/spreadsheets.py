"""Files as people keep them, and what a person would expect of each."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Kept:
    """A file, and what is to be read from it."""

    name: str
    content: bytes
    expected: list[str]
    unread: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def three_hundred() -> bytes:
    """A year of applications and not one person: company, role, date, status, source, link."""
    lines = ["Company,Position,Date Applied,Status,Source,Link,Notes"]
    statuses = ("Applied", "No Response", "Rejected", "Interview", "Applied", "no response")
    for n in range(300):
        day = f"{1 + n % 12:02}/{1 + n % 28:02}/2026" if n % 12 < 10 else f"10/{1 + n % 28}/2026"
        lines.append(
            f"Firm {n},Analyst {n % 7},{day},{statuses[n % 6]},job board,"
            f"https://jobs.example/{n},{'null' if n % 3 else ''}"
        )
    return "\n".join(lines).encode()


FILES = [
    Kept(
        "a-tracker-of-applications",
        b"Company,Role,Date Applied,Status,Source,Link,Notes\n"
        b"Acme,Data PM,11/02/2026,No response,LinkedIn,https://acme.example/1,null\n"
        b"Acme,Analyst,10/25/2026,Phone screen,Referral,,with Kim\n"
        b"Globex,Lead,13/40/2026,Rejected,,,\n",
        [
            "2: Acme / Data PM [waiting] 2026-11-02",
            "3: Acme / Analyst [talking] 2026-10-25",
            "4: Globex / Lead [dismissed]",
        ],
        doubts=["4: “13/40/2026” is no date that I can read; it is kept in the note"],
    ),
    Kept(
        "german-semicolons-in-windows-1252",
        "Firma;Stelle;Beworben am;Stand;Ansprechpartner;E-Mail;Bemerkungen\r\n"
        "Müller & Söhne GmbH;Büroleitung;03.11.2026;Absage;Frau Groß;gross@mueller.example;\r\n"
        "Öko AG;Einkäufer;12. Okt 2026;Vorstellungsgespräch;;;„sehr nett“ – grün\r\n"
        "Bäckerei Weiß;Verkäufer;;offen;;;\r\n".encode("cp1252"),
        [
            "2: Frau Groß / Müller & Söhne GmbH / Büroleitung [dismissed] 2026-11-03",
            "3: Öko AG / Einkäufer [talking] 2026-10-12",
            "4: Bäckerei Weiß / Verkäufer [not applied yet]",
        ],
    ),
    Kept(
        "french-with-a-title-of-its-own-words",
        "Entreprise,Intitulé du poste,Date de candidature,Statut,Commentaires\n"
        "Société Générique,Chargée d'études,2 novembre 2026,En attente,relancer\n"
        "Cie du Lac,Analyste,15/10/2026,Refusé,\n"
        "Atelier Vert,Cheffe de projet,20/11/2026,Entretien prévu,jeudi 10h\n".encode(),
        [
            "2: Société Générique / Chargée d'études [waiting] 2026-11-02",
            "3: Cie du Lac / Analyste [dismissed] 2026-10-15",
            "4: Atelier Vert / Cheffe de projet [talking] 2026-11-20",
        ],
    ),
    Kept(
        "broken-lines-and-quotes",
        b"Company,Role,Date,Status,Notes\n"
        b'Acme,"PM, Data",2026-11-02,applied,"two\nlines"\n'
        b"Globex,Lead,2026-11-03,applied,ok,one,too,many\n"
        b"Hooli,Designer\n"
        b",,,,\n"
        b",Analyst,2026-11-01,applied,no company\n",
        [
            "2: Acme / PM, Data [waiting] 2026-11-02",
            "5: Hooli / Designer [waiting]",
        ],
        unread=[
            "4: more cells than columns: Globex, Lead, 2026-11-03, applied, ok, one, too, many",
            "7: neither a company nor a name: Analyst, 2026-11-01, applied, no company",
        ],
    ),
    Kept(
        "tabs-without-headings",
        b"Acme\tPM\t2026-10-01\tapplied\nGlobex\tSWE\t2026-10-02\trejected\n",
        ["1: Acme / PM [waiting] 2026-10-01", "2: Globex / SWE [dismissed] 2026-10-02"],
    ),
    Kept(
        "people-and-not-applications",
        b"\xef\xbb\xbfName,Company,Email,Last contacted,Next steps\n"
        b"Dana Lee,Acme,dana@acme.example,2026-11-01,send the deck\n"
        b"Robin Patel,,+1 555 0100,,=call\n",
        ["2: Dana Lee / Acme [waiting] 2026-11-01", "3: Robin Patel [waiting]"],
    ),
    Kept(
        "utf-16-from-a-spreadsheet",
        "Company\tJob Title\tApplied\tStage\nAcmé\tPM\tNov 2, 2026\tOnsite\n".encode("utf-16"),
        ["2: Acmé / PM [talking] 2026-11-02"],
    ),
    Kept(
        "statuses-of-ones-own",
        b"company name,job title,date,status\n"
        b"Acme,PM,2026-11-01,\xf0\x9f\x9f\xa2 hot\n"
        b"Globex,PM,2026-11-02,cold\nHooli,PM,2026-11-03,cold\n",
        [
            "2: Acme / PM [waiting] 2026-11-01",
            "3: Globex / PM [waiting] 2026-11-02",
            "4: Hooli / PM [waiting] 2026-11-03",
        ],
        unknown=["cold", "🟢 hot"],
    ),
    Kept(
        "spanish-with-excel-day-numbers",
        "Empresa;Puesto;Fecha;Estado;Salario\n"
        "Año Nuevo SL;Gestor;46328;Sin respuesta;30.000\n"
        "Ríos y Cía;Analista;46299;Entrevista;\n".encode(),
        [
            "2: Año Nuevo SL / Gestor [waiting] 2026-11-02",
            "3: Ríos y Cía / Analista [talking] 2026-10-04",
        ],
    ),
    Kept(
        "spanish-as-a-sheet-is-kept-in-latin-america",
        "Empresa,Rol,Contacto,Correo,Fecha de postulación,Estatus,Notas\n"
        "Acme,Analista,Ana Ruiz,ana@acme.example,02/11/2026,Postulada,feria\n"
        "Globex,Diseñadora,,,30/10/2026,En entrevista,\n"
        "Hooli,Gestora,Kim Sato,,28/10/2026,Oferta recibida,\n".encode(),
        [
            "2: Ana Ruiz / Acme / Analista [waiting] 2026-11-02",
            "3: Globex / Diseñadora [talking] 2026-10-30",
            "4: Kim Sato / Hooli / Gestora [landed] 2026-10-28",
        ],
    ),
    Kept(
        "french-as-a-sheet-is-kept-in-quebec",
        "Entreprise;Titre du poste;Recruteuse;Adresse courriel;Envoyé le;Avancement;Remarques\n"
        "Érable inc.;Analyste;Léa Roy;lea@erable.example;2026-11-02;À relancer;salon\n"
        "Globex;Conceptrice;;;2026-10-30;Entretien passé;\n"
        "Hooli;Gérante;;;2026-10-28;Pas retenue;\n".encode(),
        [
            "2: Léa Roy / Érable inc. / Analyste [waiting] 2026-11-02",
            "3: Globex / Conceptrice [talking] 2026-10-30",
            "4: Hooli / Gérante [dismissed] 2026-10-28",
        ],
    ),
    Kept(
        "east-asian-in-gb18030",
        (
            "会社,職種,応募日,状态\n"
            "日本データ株式会社,企画担当の職種,2026/11/02,面接\n"
            "東京商事株式会社,営業担当,2026/10/01,不採用\n"
        ).encode("gb18030"),
        [
            "2: 日本データ株式会社 / 企画担当の職種 [talking] 2026-11-02",
            "3: 東京商事株式会社 / 営業担当 [dismissed] 2026-10-01",
        ],
    ),
    Kept(
        "connections-with-a-preamble-and-split-names",
        b"Notes:\n"
        b'"Some of the addresses may be missing, as they should be."\n'
        b"\n"
        b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        b"Dana,Lee,https://people.example/dana,,Acme,Head of Data,03 Nov 2026\n"
        b"Robin,,https://people.example/robin,robin@globex.example,Globex,,10 Oct 2026\n",
        ["5: Dana Lee / Acme / Head of Data [waiting]", "6: Robin / Globex [waiting]"],
        unread=[
            "1: above the headings: Notes:",
            "2: above the headings: Some of the addresses may be missing, as they should be.",
        ],
    ),
    Kept(
        "a-title-a-separator-line-and-headings-that-come-twice",
        "sep=;\nBewerbungen 2026;;;;\nFirma;Stelle;Datum;Notizen;Notizen\n"
        "Öko AG;Einkäufer;03.11.26;gut;besser\n".encode("cp1252"),
        ["4: Öko AG / Einkäufer [waiting] 2026-11-03"],
        unread=["2: above the headings: Bewerbungen 2026"],
    ),
    Kept(
        "a-quote-that-nobody-closed",
        b"Company,Role,Date,Status\n"
        b'Acme,"PM,2026-11-01,applied\n'
        b"Globex,Lead,2026-11-02,rejected\n"
        b'Hooli,"PM, Data",2026-11-03,applied\n',
        [
            "2: Acme / PM [waiting] 2026-11-01",
            "3: Globex / Lead [dismissed] 2026-11-02",
            "4: Hooli / PM, Data [waiting] 2026-11-03",
        ],
    ),
    Kept(
        "utf-16-without-its-mark",
        "Company,Status\nAcme,applied\n".encode("utf-16-le"),
        ["2: Acme [waiting]"],
    ),
    Kept(
        "no-headings-and-one-row-that-is-longer",
        b"Acme,PM,2026-10-01\nGlobex,Lead,2026-10-02,they called back\n",
        ["1: Acme / PM [waiting] 2026-10-01", "2: Globex / Lead [waiting] 2026-10-02"],
    ),
]
