/** What the words of two names say of their sorts: a museum is not its friends, its archive or its shop; a school of one name may be two. */
import { type ComparedName, stem } from './names.ts';

const stems = (words: string): ReadonlySet<string> => new Set(words.split(' ').map(stem));

/** Of these a structure is one; words of one line may stand for each other. */
const NATURES = [
  'lycee',
  'college',
  'ecole',
  'apprentis',
  'greta',
  'iut',
  'universite',
  'bibliotheque mediatheque',
  'archive archives',
  'musee ecomusee',
  'tourisme',
].map(stems);
/** Whose it is. */
const RANKS = ['municipal communal', 'intercommunal', 'departemental', 'regional', 'national'].map(stems);
/** What a school teaches, and to whom. */
const LEVELS = [
  'general technologique',
  'professionnel',
  'polyvalent',
  'agricole',
  'maternelle',
  'elementaire primaire',
].map(stems);
/** People who gather around something: they are not the thing. */
const CIRCLES = stems('amis association comite club societe federation reseau groupe');
/** What belongs to something or owns it, and is not it. */
const PARTS = stems(
  'boutique reserve reserves restaurant cafe cafeteria buvette place parking annexe auditorium salle service section documentation librairie antenne internat fondation holding sci gie',
);

/** Divisions of something larger: said by one alone, it may be the whole or the part. */
const DIVISIONS = stems(
  'departement cabinet laboratoire faculte institut pole ressources pedagogique bibliotheque mediatheque archive tresor',
);
/** What may be a person's, a firm's or a house's beside a museum of its name. */
const OTHERS = stems('collection fonds galerie atelier ferme entreprise maison');
/** Tells one of several: a figure, a letter, "bis". */
const ORDINAL = /^(?:\d+(?:e|er|ere|eme)?|[ivx]+|[a-z]|bis|ter|quater)$/;

/** What stands there no more, or in another's stead. */
const TIMES = stems('ancien ancienne nouveau nouvelle futur');

/**
 * Whether two names, which agree in the words that tell, may be of one sort of structure. `isTypeKnown`: both have the same
 * declared type.
 */
export function sortsSay(a: ComparedName, b: ComparedName, isTypeKnown: boolean): 'same' | 'doubtful' | 'other' {
  const [ofA, ofB] = [a.generic.union(a.telling), b.generic.union(b.telling)];
  if (disagree(NATURES, ofA, ofB) || disagree(RANKS, ofA, ofB) || disagree(LEVELS, ofA, ofB)) return 'other';
  if (ofA.symmetricDifference(ofB).intersection(PARTS).size > 0) return 'other';
  const circles = [ofA, ofB].filter((words) => words.intersection(CIRCLES).size > 0);
  if (circles.length === 1) {
    const other = circles[0] === ofA ? ofB : ofA;
    if (groupsOf(NATURES, other).length > 0) return 'other';
    if (!isTypeKnown) return 'doubtful';
  }
  const differing = ofA.symmetricDifference(ofB);
  if (differing.intersection(TIMES).size > 0 || DIVISIONS.isDisjointFrom(ofA) !== DIVISIONS.isDisjointFrom(ofB))
    return 'doubtful';
  if ([...differing].some((word) => ORDINAL.test(word)) || isEachItsOwn(a, b)) return 'doubtful';
  if (!isTypeKnown && OTHERS.isDisjointFrom(ofA) !== OTHERS.isDisjointFrom(ofB)) return 'doubtful';
  return isSchoolOfUnsaidLevel(ofA, ofB) ? 'doubtful' : 'same';
}

/** "Ferme du Mont", "Moulin du Mont": the one has a word for its sort, the other one of its own in its place. */
function isEachItsOwn(a: ComparedName, b: ComparedName): boolean {
  const isOther = (one: ComparedName, other: ComparedName) =>
    one.generic.difference(other.generic).size > 0 && other.telling.difference(one.telling).size > 0;
  return isOther(a, b) || isOther(b, a);
}

/** Each says a group, and none says one that the other does. */
function disagree(groups: readonly ReadonlySet<string>[], a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [ofA, ofB] = [groupsOf(groups, a), groupsOf(groups, b)];
  return ofA.length > 0 && ofB.length > 0 && !ofA.some((group) => ofB.includes(group));
}

function groupsOf(groups: readonly ReadonlySet<string>[], words: ReadonlySet<string>): readonly ReadonlySet<string>[] {
  return groups.filter((group) => group.intersection(words).size > 0);
}

/** "Lycée X" and "Lycée professionnel X", "École X" and "École maternelle X" stand side by side in many towns. */
function isSchoolOfUnsaidLevel(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const areSchools = SCHOOLS.some((school) => a.has(school) && b.has(school));
  return areSchools && groupsOf(LEVELS, a).length > 0 !== groupsOf(LEVELS, b).length > 0;
}

const SCHOOLS = ['lycee', 'ecole'].map(stem);
