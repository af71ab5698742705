/** What the labels of a manifest's metadata mean. IIIF leaves them to each institution: these are the words in use, French, English and Dutch. */
import { fold } from '#graph-schema/text.ts';
import type { Meaning } from '../shared/described.ts';

const WORDS: Readonly<Partial<Record<Meaning, string>>> = {
  title: 'titre|titre complet|titre propre|intitule|title|full title|name|nom|titel|naam',
  alternative: 'autre titre|titre alternatif|sous-titre|alternative title|other title|subtitle|ondertitel',
  description:
    'description|resume|presentation et contenu|contenu|presentation|summary|abstract|scope and content|beschrijving|omschrijving|samenvatting|inhoud',
  date: "date|dates|date de creation|date de production|date de publication|date d'edition|date de la photographie|date de prise de vue|date du document|date de realisation|annee|datation|date created|created|date issued|issued|published|publication date|year|date of creation|date of publication|date range|datum|jaar|datering|periode de creation",
  inventory:
    "cote|cotes|cote du document|n° d'inventaire|numero d'inventaire|inventaire|n° inventaire|numero inventaire|no inventaire|shelfmark|call number|inventory number|inventory no|accession number|object number|inventarisnummer|objectnummer|signatuur|plaatskenmerk",
  identifier:
    'identifiant|identifiants|identificatienummer|identifier|identifiers|reference|references|ref|numero|identificatie|ark',
  place:
    "lieu|lieux|lieu de creation|lieu de production|lieu de fabrication|lieu de publication|lieu d'edition|lieu represente|lieu de prise de vue|commune|place|places|place of origin|place of publication|place of creation|location|geographic|spatial|plaats|plaats van vervaardiging",
  subject:
    'sujet|sujets|mots-cles|mots cles|mot-cle|mot cle|themes|theme|thematique|indexation|subject|subjects|keyword|keywords|topic|topics|tags|onderwerp|onderwerpen|trefwoord|trefwoorden|metier|metiers|trade|trades',
  type: "type|types|type de document|type d'objet|nature|nature du document|denomination|typologie|document type|object type|type of document|objecttype|soort|documenttype|objectnaam",
  technique:
    'technique|techniques|materiau|materiaux|matiere|matieres|materiaux et techniques|matieres et techniques|technique et materiau|support|procede|medium|material|materials|materiaal|techniek|drager',
  dimensions:
    'dimensions|dimension|taille|etendue|importance materielle|description physique|collation|extent|size|measurements|physical description|afmetingen|omvang|nombre de pages|pages|number of pages',
  format: 'format|formaat',
  coverage: 'couverture|coverage|dekking',
  period: 'periode|epoque|siecle|period|century|era|tijdperk|eeuw',
  inscription: 'inscription|inscriptions|legende|transcription du titre|opschrift',
  use: 'utilisation|usage|destination|use|gebruik',
  duration: 'duree|duration|running time|duur|speelduur',
  rights:
    "droits|droit|licence|conditions d'utilisation|statut juridique de l'image|rights|license|usage rights|copyright|terms of use|rechten|licentie",
  credit: 'mention obligatoire|mention|credit|credits|attribution|credit line|courtesy|bronvermelding',
  page: 'page|notice|lien|url|lien permanent|permalien|permalink|link|catalogue record|source url',
  private:
    'contact|contacts|courriel|e-mail|email|mail|mel|adresse electronique|telephone|tel|tel.|portable|fax|phone|telefoon|adresse postale|adresse personnelle',
  ignored: 'identifiant technique|uuid|internal id|manifest|manifeste',
};

/** Labels that name a maker, and the role that they say; undefined where they say none. */
const MAKERS: Readonly<Record<string, string | undefined>> = {
  ...Object.fromEntries(
    'auteur|auteurs|auteur(s)|createur|createurs|creator|creators|author|authors|maker|by|maker(s)|vervaardiger|maker/uitgever|auteur du document|producteur|fonds producteur'
      .split('|')
      .map((word) => [word, undefined]),
  ),
  photographe: 'photographe',
  photographer: 'photographe',
  fotograaf: 'photographe',
  dessinateur: 'dessinateur',
  graveur: 'graveur',
  engraver: 'graveur',
  illustrateur: 'illustrateur',
  illustrator: 'illustrateur',
  artiste: 'artiste',
  artist: 'artiste',
  kunstenaar: 'artiste',
  fabricant: 'fabricant',
  manufacturer: 'fabricant',
  architecte: 'architecte',
  architect: 'architecte',
  realisateur: 'réalisateur',
  director: 'réalisateur',
  imprimeur: 'imprimeur',
  printer: 'imprimeur',
  drukker: 'imprimeur',
  contributeur: 'contributeur',
  contributeurs: 'contributeur',
  contributor: 'contributeur',
  contributors: 'contributeur',
};

const MEANINGS: ReadonlyMap<string, Meaning> = new Map(
  Object.entries(WORDS).flatMap(([meaning, words]) =>
    words.split('|').map((word) => [word, meaning as Meaning] as const),
  ),
);

/** What a label means, in whatever case and accents, with `(s)` or a colon behind it. `other` where it is not known. */
export function meaningOf(label: string): { readonly meaning: Meaning; readonly role?: string | undefined } {
  const word = fold(label)
    .replace(/\s*:$/, '')
    .replace(/\(s\)|\(e\)|\(x\)/g, '')
    .replace(/^(dc|dcterms|schema)[:.]/, '')
    .trim();
  if (Object.hasOwn(MAKERS, word)) return { meaning: 'creator', role: MAKERS[word] };
  return { meaning: MEANINGS.get(word) ?? MEANINGS.get(word.replace(/ \d+$/, '')) ?? 'other' };
}
