/** The 34 stand-in WebMuseo workspaces (workspaces.csv) and the object names that their collections are made of (object-names.csv). */
import { cell, readTable } from '../read-table.ts';

export const WAYS = ['oai-dc', 'lido', 'joconde-text', 'joconde-csv'] as const;
export const STYLES = ['annee', 'prefixe', 'don', 'simple', 'tirets'] as const;
/** What a workspace says badly, as real partners do. docs/demonstration.md describes each. */
export const FAULTS = [
  'numeros-en-double',
  'espaces-et-titres-absents',
  'valeurs-jointes',
  'adresse-de-fonction',
  'granularite-jour',
  'types-en-uri',
  'latin-1',
  'sans-fin',
  'bom',
] as const;
export const SHAPES = [
  'long',
  'boite',
  'roue',
  'pot',
  'bouteille',
  'feuille',
  'tissu',
  'machine',
  'lampe',
  'lame',
  'plaque',
  'bobine',
  'figure',
] as const;

export interface Workspace {
  readonly name: string;
  /** The `trame` identifier of the structure that holds the collection. */
  readonly holder: string;
  readonly title: string;
  /** The museum's own place first, then places around it, as a notice writes them: "France, Nord, Roubaix". */
  readonly places: readonly string[];
  readonly themes: readonly string[];
  readonly fromYear: number;
  readonly toYear: number;
  readonly objects: number;
  readonly visible: number;
  readonly way: (typeof WAYS)[number];
  readonly style: (typeof STYLES)[number];
  readonly fault: (typeof FAULTS)[number] | undefined;
}

export interface ObjectName {
  readonly theme: string;
  readonly name: string;
  /** Each is one way of making it: "buis et fer". */
  readonly materials: readonly string[];
  readonly use: string;
  readonly trade: string;
  /** The largest dimension, least and most. */
  readonly centimetres: readonly [number, number];
  readonly shape: (typeof SHAPES)[number];
}

function oneOf<T extends string>(list: readonly T[], text: string): T {
  const found = list.find((one) => one === text);
  if (!found) throw new Error(`"${text}" is none of ${list.join(', ')}`);
  return found;
}

export const WORKSPACES: readonly Workspace[] = readTable('webmuseo/workspaces.csv').map((row) => ({
  name: cell(row, 'espace'),
  holder: cell(row, 'détenteur'),
  title: cell(row, 'titre'),
  places: cell(row, 'lieux').split('|'),
  themes: cell(row, 'thèmes').split('|'),
  fromYear: Number(cell(row, 'de')),
  toYear: Number(cell(row, 'à')),
  objects: Number(cell(row, 'objets')),
  visible: Number(cell(row, 'visibles')),
  way: oneOf(WAYS, cell(row, 'voie')),
  style: oneOf(STYLES, cell(row, 'inventaire')),
  fault: cell(row, 'défaut') === '' ? undefined : oneOf(FAULTS, cell(row, 'défaut')),
}));

const OBJECT_NAMES: readonly ObjectName[] = readTable('webmuseo/object-names.csv').map((row) => {
  const [least, most] = cell(row, 'centimètres').split('-').map(Number);
  if (!least || !most) throw new Error(`${cell(row, 'dénomination')}: no range of centimetres`);
  return {
    theme: cell(row, 'thème'),
    name: cell(row, 'dénomination'),
    materials: cell(row, 'matériaux').split('|'),
    use: cell(row, 'usage'),
    trade: cell(row, 'métier'),
    centimetres: [least, most],
    shape: oneOf(SHAPES, cell(row, 'dessin')),
  };
});

/** The object names of each theme. */
export const THEMES: ReadonlyMap<string, readonly ObjectName[]> = Map.groupBy(OBJECT_NAMES, (one) => one.theme);

export function workspaceNamed(name: string): Workspace | undefined {
  return WORKSPACES.find((one) => one.name === name);
}
