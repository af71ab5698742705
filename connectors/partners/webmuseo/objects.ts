/** The objects of a workspace: each is worked out from the workspace's name and its own rank, so that any one can be made alone, and always the same. */
import { type MuseumDate, museumDate } from './dates.ts';
import { type Random, seededRandom } from './random.ts';
import { DOMAINS, description, inscription, of } from './words.ts';
import { type ObjectName, THEMES, type Workspace } from './workspaces.ts';

export interface DemonstrationObject {
  /** The record's number in the workspace, as its address shows it. */
  readonly id: string;
  readonly name: ObjectName;
  readonly title: string | undefined;
  readonly inventoryNumber: string;
  readonly domain: string;
  readonly material: string;
  readonly date: MuseumDate;
  readonly place: string;
  readonly placeRole: 'lieu de création' | 'lieu d’utilisation';
  /** Centimetres. */
  readonly dimensions: readonly { readonly what: string; readonly centimetres: number }[];
  readonly description: string;
  readonly subjects: readonly string[];
  readonly inscription: string | undefined;
  readonly anonymous: boolean;
  readonly acquisition: string;
  readonly visible: boolean;
  readonly pictured: boolean;
  /** An instant, UTC. */
  readonly modified: string;
}

const FIRST_ID = 1001;

/** Spreads the workspace's visible objects evenly: exactly `workspace.visible` of its ranks are. */
function isVisible({ visible, objects }: Workspace, rank: number): boolean {
  return Math.floor(((rank + 1) * visible) / objects) > Math.floor((rank * visible) / objects);
}

function inventoryNumber(workspace: Workspace, rank: number): string {
  const doubled = workspace.fault === 'numeros-en-double' && rank % 40 === 39;
  const serial = doubled ? rank : rank + 1;
  const year = 1978 + Math.floor((serial / workspace.objects) * 45);
  switch (workspace.style) {
    case 'annee':
      return `${year}.${1 + (Math.floor(serial / 60) % 12)}.${serial}`;
    case 'prefixe':
      return `${workspace.name.slice(0, 2).toUpperCase()}-${String(serial).padStart(5, '0')}`;
    case 'don':
      return `${serial % 3 === 0 ? 'D.' : ''}${year}.${serial}`;
    case 'simple':
      return String(serial).padStart(4, '0');
    case 'tirets':
      return `${year}-${1 + (Math.floor(serial / 80) % 9)}-${serial}`;
  }
}

function titleOf(
  workspace: Workspace,
  rank: number,
  name: ObjectName,
  material: string,
  random: Random,
): string | undefined {
  const base = name.name.charAt(0).toUpperCase() + name.name.slice(1);
  const draw = random.int(0, 9);
  if (workspace.fault === 'espaces-et-titres-absents' && rank % 7 === 3) return undefined;
  if (draw < 5 || name.name.includes(of(name.trade))) return base;
  return draw < 8 ? `${base} (${name.use})` : `${base} en ${material}`;
}

const RATIOS: Readonly<Record<ObjectName['shape'], readonly [string, number][]>> = {
  long: [
    ['L.', 1],
    ['l.', 0.12],
  ],
  boite: [
    ['L.', 1],
    ['l.', 0.6],
    ['H.', 0.45],
  ],
  roue: [
    ['D.', 1],
    ['E.', 0.2],
  ],
  pot: [
    ['H.', 1],
    ['D.', 0.8],
  ],
  bouteille: [
    ['H.', 1],
    ['D.', 0.4],
  ],
  feuille: [
    ['H.', 1],
    ['l.', 0.7],
  ],
  tissu: [
    ['L.', 1],
    ['l.', 0.6],
  ],
  machine: [
    ['H.', 1],
    ['L.', 0.9],
    ['P.', 0.5],
  ],
  lampe: [
    ['H.', 1],
    ['D.', 0.35],
  ],
  lame: [
    ['L.', 1],
    ['l.', 0.2],
  ],
  plaque: [
    ['L.', 1],
    ['H.', 0.7],
  ],
  bobine: [
    ['H.', 1],
    ['D.', 0.3],
  ],
  figure: [
    ['H.', 1],
    ['l.', 0.5],
  ],
};

function dimensions(name: ObjectName, random: Random): DemonstrationObject['dimensions'] {
  const [least, most] = name.centimetres;
  const largest = least + random.next() * (most - least);
  return RATIOS[name.shape].map(([what, ratio]) => ({
    what,
    centimetres: Math.max(0.5, Math.round(largest * ratio * (0.9 + random.next() * 0.2) * 2) / 2),
  }));
}

const DAY_MS = 86_400_000;
const FIRST_CHANGE = Date.UTC(2023, 0, 9, 8);

/** Between January 2023 and December 2024, rising with the rank: a partner adds to the end of its inventory. */
function modified({ objects }: Workspace, rank: number, random: Random): string {
  const time = FIRST_CHANGE + Math.floor((rank / objects) * 700) * DAY_MS + random.int(0, 36_000) * 1000;
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** The object of this rank (from 0). */
export function objectAt(workspace: Workspace, rank: number): DemonstrationObject {
  const random = seededRandom(`${workspace.name}/${rank}`);
  // The first theme is the museum's own; the others share the rest.
  const theme = random.chance(0.55) ? workspace.themes[0]! : random.pick(workspace.themes);
  const names = THEMES.get(theme);
  const about = DOMAINS[theme];
  if (!names || !about) throw new Error(`workspace ${workspace.name}: no theme "${theme}"`);
  const name = random.pick(names);
  const material = random.pick(name.materials);
  const place = random.chance(0.5) ? workspace.places[0]! : random.pick(workspace.places);
  const visible = isVisible(workspace, rank);
  return {
    id: String(FIRST_ID + rank),
    name,
    title: titleOf(workspace, rank, name, material, random),
    inventoryNumber: inventoryNumber(workspace, rank),
    domain: about.domain,
    material,
    date: museumDate(workspace.fromYear, workspace.toYear, random),
    place,
    placeRole: random.chance(0.5) ? 'lieu de création' : 'lieu d’utilisation',
    dimensions: dimensions(name, random),
    description: description(name, material, place.split(', ').at(-1) ?? place, random),
    subjects: random.chance(0.3) ? [about.subjects[0]!] : [about.subjects[0]!, random.pick(about.subjects.slice(1))],
    inscription: inscription(random),
    anonymous: random.chance(0.25),
    acquisition: random.pick(['don', 'don', 'achat', 'dépôt', 'mode d’acquisition inconnu']),
    visible,
    pictured: visible && random.chance(0.5),
    modified: modified(workspace, rank, random),
  };
}

/** Every object of a workspace, made one after the other. */
export function* objectsOf(workspace: Workspace): Generator<DemonstrationObject> {
  for (let rank = 0; rank < workspace.objects; rank++) yield objectAt(workspace, rank);
}

/** The rank that a record's number stands for, or undefined when the workspace has no such record. */
export function rankOf(workspace: Workspace, id: string): number | undefined {
  if (!/^\d{1,7}$/.test(id)) return undefined;
  const rank = Number(id) - FIRST_ID;
  return rank >= 0 && rank < workspace.objects ? rank : undefined;
}

/** "L. 34 cm ; l. 5,5 cm" */
export function dimensionsText(object: DemonstrationObject): string {
  return object.dimensions
    .map(({ what, centimetres }) => `${what} ${String(centimetres).replace('.', ',')} cm`)
    .join(' ; ');
}

/** "buis et fer" is two materials. */
export function materialsOf(object: DemonstrationObject): readonly string[] {
  return object.material.split(/, | et /);
}

export function creditOf(workspace: Workspace): string {
  return `${workspace.title} – démonstration`;
}

/** Addresses of a record's page and picture, under the stand-in's address (without a trailing slash). */
export function addressesOf(base: string, workspace: Workspace, id: string): { page: string; picture: string } {
  return {
    page: `${base}/ws/${workspace.name}/app/collection/record/${id}`,
    picture: `${base}/webmuseo/${workspace.name}/images/${id}.svg`,
  };
}
