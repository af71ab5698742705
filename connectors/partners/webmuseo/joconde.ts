/** The two Joconde exports: tagged text (`joconde-text`) and `|` separated columns (`joconde-csv`), both with EN_LIGNE beside the usual fields. */
import { addressesOf, creditOf, type DemonstrationObject, materialsOf, objectsOf } from './objects.ts';
import type { Workspace } from './workspaces.ts';

/** The field, in both exports, that says whether a notice may be seen: "oui" or "non". */
export const ONLINE_FIELD = 'EN_LIGNE';

const CRLF = '\r\n';
const LINE_LENGTH = 78;

const reference = (workspace: Workspace, object: DemonstrationObject): string =>
  `DEMO-${workspace.name.toUpperCase()}-${object.id}`;

function measures(object: DemonstrationObject): string {
  return object.dimensions
    .map(({ what, centimetres }) => `${what} ${String(centimetres).replace('.', ',')}`)
    .join(' ; ');
}

/** Tags and values of a notice, in the order of the ministry's format. */
function tagged(base: string, workspace: Workspace, object: DemonstrationObject): [string, string | undefined][] {
  const { page, picture } = addressesOf(base, workspace, object.id);
  return [
    ['REF', reference(workspace, object)],
    ['DOMN', object.domain],
    ['DENO', object.name.name],
    ['TITR', object.title],
    ['AUTR', object.anonymous ? 'anonyme' : undefined],
    ['PERI', object.date.precise ? undefined : object.date.text],
    ['MILL', object.date.precise ? object.date.text : undefined],
    ['TECH', materialsOf(object).join(' ; ')],
    ['DIMS', measures(object)],
    ['INSC', object.inscription],
    ['LIEUX', `${object.place} (${object.placeRole})`],
    ['UTIL', `${object.name.use} ; ${object.name.trade}`],
    ['REPR', object.subjects.join(' ; ')],
    ['LOCA', `${(workspace.places[0] ?? '').split(', ').at(-1)} ; ${workspace.title}`],
    ['STAT', object.acquisition],
    ['INV', object.inventoryNumber],
    ['DESC', object.description],
    ['IMAGE', object.pictured ? 'Oui' : 'Non'],
    ['IMG', object.pictured ? picture : undefined],
    ['COPY', creditOf(workspace)],
    ['WWW', page],
    ['DMAJ', object.modified.slice(0, 10)],
    [ONLINE_FIELD, object.visible ? 'oui' : 'non'],
  ];
}

/** Breaks a long value as the format does: at a blank, the line ended by ` -`. */
function wrapped(value: string): string {
  const lines: string[] = [];
  let rest = value;
  while (rest.length > LINE_LENGTH) {
    const blank = rest.lastIndexOf(' ', LINE_LENGTH - 2);
    if (blank <= 0) break;
    lines.push(`${rest.slice(0, blank)} -`);
    rest = rest.slice(blank + 1);
  }
  return [...lines, rest].join(CRLF);
}

function notice(base: string, workspace: Workspace, object: DemonstrationObject): string {
  const lines: string[] = [];
  for (const [tag, value] of tagged(base, workspace, object)) if (value) lines.push(tag, wrapped(value));
  return lines.join(CRLF);
}

/** ISO 8859-1 has no œ nor typographic apostrophe: old exports write oe and '. */
function latin1(text: string): Buffer {
  return Buffer.from(
    text.replaceAll('’', "'").replaceAll('œ', 'oe').replaceAll('Œ', 'OE').replaceAll('–', '-'),
    'latin1',
  );
}

/** The whole collection as tagged text. `base` is the stand-in's address. One workspace's is in ISO 8859-1, and one's last notice lacks its `//`. */
export function jocondeText(base: string, workspace: Workspace): Buffer {
  const notices = [...objectsOf(workspace)].map((object) => notice(base, workspace, object));
  const text = notices.join(`${CRLF}//${CRLF}`) + (workspace.fault === 'sans-fin' ? CRLF : `${CRLF}//${CRLF}`);
  return workspace.fault === 'latin-1' ? latin1(text) : Buffer.from(text, 'utf8');
}

type Column = (
  workspace: Workspace,
  object: DemonstrationObject,
  addresses: { readonly page: string; readonly picture: string },
) => string | undefined;

/** Column name, and what stands in it: the ministry's published table, then further fields by their codes. */
const COLUMNS: readonly (readonly [string, Column])[] = [
  ['Reference', reference],
  ['Titre', (_, object) => object.title],
  ['Auteur', (_, object) => (object.anonymous ? 'anonyme' : undefined)],
  ['Domaine', (_, object) => object.domain],
  ['Denomination', (_, object) => object.name.name],
  ['Materiaux_techniques', (_, object) => materialsOf(object).join(' ; ')],
  ['Mesures', (_, object) => measures(object)],
  ['Numero_inventaire', (_, object) => object.inventoryNumber],
  ['Sujet_Represente', (_, object) => object.subjects.join(' ; ')],
  ['Periode_de_creation', (_, object) => (object.date.precise ? undefined : object.date.text)],
  ['Millesime_de_creation', (_, object) => (object.date.precise ? object.date.text : undefined)],
  ['Lieu_de_creation_utilisation', (_, object) => `${object.place} (${object.placeRole})`],
  ['Localisation', (workspace) => `${(workspace.places[0] ?? '').split(', ').at(-1)} ; ${workspace.title}`],
  ['Statut_juridique', (_, object) => object.acquisition],
  ['Code_Museofile', () => undefined],
  ['Nom_officiel_musee', (workspace) => workspace.title],
  ['Presence_image', (_, object) => (object.pictured ? 'oui' : 'non')],
  ['Description', (_, object) => object.description],
  ['Date_de_mise_a_jour', (_, object) => object.modified.slice(0, 10)],
  ['UTIL', (_, object) => `${object.name.use} ; ${object.name.trade}`],
  ['IMG', (_, object, { picture }) => (object.pictured ? picture : undefined)],
  ['COPY', (workspace) => creditOf(workspace)],
  ['WWW', (_workspace, _object, { page }) => page],
  [ONLINE_FIELD, (_, object) => (object.visible ? 'oui' : 'non')],
];

const csvCell = (value: string): string => (/[|"\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** The whole collection as `|` separated columns, UTF-8. One workspace's starts with a byte order mark. */
export function jocondeCsv(base: string, workspace: Workspace): Buffer {
  const lines = [COLUMNS.map(([name]) => name).join('|')];
  for (const object of objectsOf(workspace)) {
    lines.push(
      COLUMNS.map(([, value]) => csvCell(value(workspace, object, addressesOf(base, workspace, object.id)) ?? '')).join(
        '|',
      ),
    );
  }
  return Buffer.from(`${workspace.fault === 'bom' ? '\uFEFF' : ''}${lines.join('\n')}\n`, 'utf8');
}
