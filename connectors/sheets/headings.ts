/** What the headings of volunteers' sheets mean: the words they write at the top of a column, in French, and sometimes in English. */
import type { KindName } from '#graph-schema/model.ts';
import { fold } from '#graph-schema/text.ts';

/**
 * What a column is for: a property or relation of the model, an identifier's scheme, `place:insee`, or one of these, which are put together with others:
 * `id`, `begin`, `end`, `dates`, `hours`, `beginHour`, `endHour`, `latitude`, `longitude`, `visible`, `private`, `-` (left out).
 */
export type Target = string;

export interface Heading {
  readonly target: Target;
  /** 0 to 1. */
  readonly confidence: number;
  /** The kind of thing that such a column speaks of, where it tells one. */
  readonly kind?: KindName | undefined;
}

type Rule = readonly [pattern: RegExp, target: Target, kind?: KindName];

/** Columns about persons: what is in them is nobody else's business. `Directeur·trice`, `gérant(e)`: the word ends before the mark. */
const PERSONS: readonly RegExp[] = [
  /\b(contacts?|personnes? (a|de) (joindre|contacter|prevenir|contact)|prenoms?|nom de famille|civilite)\b/,
  /\b(referente?s?|responsables?|interlocut(eur|rice)s?|correspondante?s?|intervenante?s?)\b/,
  /\b((vice-?)?presidente?s?|direct(eur|rice)s?|gerante?s?|tresori(er|ere)s?|secretaires?|proprietaires?)\b/,
  /\b(conservat(eur|rice)s?|commissaires?|animat(eur|rice)s?|mediat(eur|rice)s?|benevoles?|guides?)\b/,
  /\b(temoins?|donat(eur|rice)s?|enseignante?s?|professeure?s?|proviseure?s?|chefs? d'etablissement)\b/,
];

/** The first that matches decides. Folded: lower case, no accents. */
const RULES: readonly Rule[] = [
  [/\b(e-?mails?|courriels?|mails?|mel|adresse electronique)\b/, 'private'],
  [/\b(tel|telephones?|tel\.|portable|mobile|fax|gsm)\b/, 'private'],
  ...PERSONS.map((pattern): Rule => [pattern, 'private']),
  [/\b(date de naissance|naissance|cotisation|iban|mot de passe)\b/, 'private'],
  [/\bsiret\b.*\b(organisat|porteu)|\borganisat.*\bsiret\b/, 'organisers:siret'],
  [/\bsiret\b.*\b(propos|offr)/, 'offeredBy:siret', 'Offer'],
  [/\bsiret\b.*\blieu\b/, 'shownAt:siret', 'Exhibition'],
  [/\b(siret)\b/, 'siret', 'Structure'],
  [/\b(uai|rne)\b/, 'uai', 'Structure'],
  [/museofile/, 'museofile', 'Structure'],
  [/\b(isil)\b/, 'isil', 'Structure'],
  [/\b(rna|waldec)\b/, 'rna', 'Structure'],
  [/\b(inventaire|n° inv|no inv|num inv|cote)\b/, 'inventoryNumber', 'HeritageObject'],
  [/\b(insee|code commune|cog)\b/, 'place:insee'],
  [/\b(code postal|code postale|cp|c\.p\.?|code_postal|codepostal|zip)\b/, 'postcode'],
  [/\blatitude\b|^lat$/, 'latitude'],
  [/\blongitude\b|^(lon|lng|long)$/, 'longitude'],
  [/\b(coordonnees (gps|geographiques)?|gps|geolocalisation|geopoint|geo_point)/, 'point'],
  [/^coordonnees$/, 'point'],
  [
    /\b(inscription|reservation|billetterie|lien.*(inscription|reservation))\b.*\b(lien|url|web|internet|site|en ligne)\b|\blien\b.*\b(inscription|reservation|billetterie)/,
    'registration',
    'Event',
  ],
  [/\b(accessibilite|pmr|handicap|acces pmr)\b/, 'accessibility'],
  [/\b(credits?( photo)?|copyright|droits|©)\b/, 'credit'],
  [/\b(photos?|images?|visuels?|illustrations?|vignette|affiche)\b(?!.*(credit|droit|auteur|copyright))/, 'media'],
  [
    /\b(horaires?|heures?) d'ouverture|jours? (et heures? )?d'ouverture|ouverture|periode d'ouverture/,
    'openingHours',
    'Structure',
  ],
  [/\b(heure|h\.?) (de |du )?(debut)|debut.*\bheure\b|heure d'arrivee/, 'beginHour', 'Event'],
  [/\b(heure|h\.?) (de |du )?(fin)|fin.*\bheure\b/, 'endHour', 'Event'],
  [/valable (du|a partir)|debut (de )?validite|valid from/, 'validFrom', 'Offer'],
  [/valable (jusqu|au)|fin (de )?validite|date limite|expire|valid to/, 'validTo', 'Offer'],
  [/\b(date|jour)s? (de |du )?(debut|commencement)|\bdebut\b|^du$|^(start|begin)|\b(start|begin) date\b/, 'begin'],
  [/\b(date|jour)s? (de |du )?fin|\bfin\b(?! de semaine)|^au$|^end\b|\bend date\b/, 'end'],
  [/\b(date|annee) (de |d')?(creation|fondation|ouverture au public)|cree en|fondee? en|annee de creation/, 'founded'],
  [/\b(date d'|annee d'|membre |adherente? )(adhesion|depuis)|^adhesion$|adherent depuis/, 'joined', 'Structure'],
  [/\b(ferme(e)? (definitivement|le)|date de fermeture)\b/, 'closedOn', 'Structure'],
  [/\b(date de (parution|publication|edition)|paru(e)? (le|en)|publiee? le)\b/, 'issued', 'Resource'],
  [/\b(datation|epoque|siecle|periode de creation|millesime)\b/, 'date', 'HeritageObject'],
  [/^periode( d'exposition)?$/, 'period', 'Exhibition'],
  [/^(dates?|jours?|dates? et heures?|quand|date de l'evenement|date\(s\))( .*)?$/, 'dates', 'Event'],
  [/\bhoraires?\b|^heures?$|^creneaux?$/, 'hours'],
  [/\b(tarifs?|prix|cout|entree payante|droit d'entree|price)\b/, 'price'],
  [
    /\b(site( web| internet)?|url|lien|web|page|internet|adresse (web|internet|du site))\b(?!.*(historique|visite))/,
    'page',
  ],
  [/\b(niveaux?|classes?|cycles?|public scolaire)\b/, 'levels', 'Offer'],
  [/\b(duree|temps de visite)\b/, 'duration'],
  [/\b(conditions?|modalites?)\b/, 'conditions'],
  [/\b(itinerante?s?|forme|type d'exposition|type d'expo)\b/, 'exhibitionType', 'Exhibition'],
  [/\b(reservable|empruntable|disponible (a la )?(location|pret))\b/, 'bookable', 'Exhibition'],
  [/\b(type|nature|categorie)\b.*\b(evenement|manifestation|animation)/, 'eventType', 'Event'],
  [/\b(type|nature|categorie)\b.*\b(offre|visite|atelier)/, 'offerType', 'Offer'],
  [/\b(type|nature|categorie)\b.*\b(ressource|document|support)/, 'resourceType', 'Resource'],
  [
    /\b(type|nature|categorie|statut)\b.*\b(structure|etablissement|organisme|membre|lieu|adherent)/,
    'structureType',
    'Structure',
  ],
  [/^(type|nature|categorie)$/, 'type'],
  [/^(etat|statut)( (de l'|du |de la )?(evenement|manifestation|animation|seance))?$/, 'status'],
  [/\b(visible|publiable|diffusable|diffusion|en ligne|publier|publication autorisee|autorisation)\b/, 'visible'],
  [/\b(organisateurs?|organise par|porteur)\b/, 'organisers'],
  [/\b(programme|operation|festival|cadre)\b/, 'programme'],
  [/\b(denomination|designation)\b/, 'objectTypes', 'HeritageObject'],
  [/\b(matieres?|materiaux?|techniques?)\b/, 'techniques', 'HeritageObject'],
  [/\b(dimensions?|mesures?|hauteur|largeur)\b/, 'dimensions', 'HeritageObject'],
  [/\b(auteurs?|fabricants?|createurs?|artistes?|realisateurs?)\b/, 'creators', 'HeritageObject'],
  [/\b(editeurs?|publie par|edite par)\b/, 'publishers', 'Resource'],
  [/\b(utilisation|usage|fonction d'usage)\b/, 'use', 'HeritageObject'],
  [/\b(domaines?)\b/, 'domains', 'HeritageObject'],
  [/\b(metiers?|savoir-?faire)\b/, 'trades'],
  [/\b(labels?|protections?)\b/, 'labels', 'Structure'],
  [/\b(thematiques?|themes?|mots?[- ]cles?|collections?)\b/, 'themes'],
  [
    /\b(description|presentation|resume|texte|commentaires?|descriptif|contenu|infos?|informations?|objectifs?)\b/,
    'description',
  ],
  [
    /\b(identifiant|id|ref|reference|numero|no|num)\b\.?|^n°|^code$|^code (interne|musee|structure|adherent|site)/,
    'id',
  ],
  [
    /\b(nom|raison sociale|musee|structure|etablissement|entreprise|site|moulin)\b.*\b(musee|structure|etablissement|entreprise|societe|organisme|moulin|adherent|membre|association)s?\b|^(musee|structure|etablissement|entreprise|raison sociale|adherent|membre|association|organisme)s?$/,
    'name',
    'Structure',
  ],
  [
    /\b(nom|titre|intitule)\b.*\b(evenement|manifestation|animation|sortie|conference)|^(evenement|manifestation|animation)s?$/,
    'name',
    'Event',
  ],
  [/\b(nom|titre|intitule)\b.*\b(expo(sition)?)\b|^exposition$/, 'name', 'Exhibition'],
  [/\b(nom|titre|intitule)\b.*\b(offre|visite|atelier)|^(offre|visite|atelier)$/, 'name', 'Offer'],
  [/\b(nom|titre|intitule)\b.*\b(ressource|document|ouvrage|fiche)|^(ressource|ouvrage)$/, 'name', 'Resource'],
  [/\b(nom|titre|intitule)\b.*\b(objet|oeuvre)|^(objet|oeuvre)$/, 'name', 'HeritageObject'],
  [/\b(nom|titre|intitule|libelle|name|title)\b(?!.*(commune|ville|lieu|rue))/, 'name'],
  [/\b(ville|communes?|localite|town|city)\b/, 'place'],
  [/^(departement|dept|dep)$/, '-'],
  [/\b(lieux?|salle|emplacement|ou)\b/, 'location', 'Event'],
  [/\b(adresse|rue|voie|address)\b/, 'address'],
];

/** Headings that say just what is meant need no values to confirm them. */
const EXACT =
  /^(nom|titre|intitule|adresse|adresse postale|code postal|cp|ville|commune|site web|site internet|tarifs?|description|presentation|siret|latitude|longitude|code insee|date de debut|date de fin|date debut|date fin|dates?|horaires?|horaires? d'ouverture|lieu|organisateur|telephone|tel|e-?mail|courriel|identifiant)$/;

/** What a heading means; undefined for one that is not known. */
export function headingOf(text: string): Heading | undefined {
  const folded = fold(text)
    .replace(/[_*:]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (folded === '') return undefined;
  const rule = RULES.find(([pattern]) => pattern.test(folded));
  if (!rule) return undefined;
  return { target: rule[1], confidence: EXACT.test(folded) ? 0.95 : folded.length <= 30 ? 0.8 : 0.6, kind: rule[2] };
}
