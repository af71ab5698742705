/**
 * The format `datatourisme`: the objects of a flux (JSON-LD, one a file in a zip, or lists of them), and the catalogue of data.gouv.fr (CSV).
 * https://www.datatourisme.fr, ontology 3. How persons are reached is taken away before anything is kept.
 */
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import type { Json } from '../../connector.ts';
import type { Format } from '../../format.ts';
import { headOf, type LocatedCut, type ReadableFile, type Tell } from '../reading/file.ts';
import { cutJson, rowFromJson } from '../reading/json.ts';
import { cutTable, rowFromRaw } from '../reading/rows.ts';
import { isCatalogueRow, NEEDS, saidInCatalogue, withoutPersonsInCatalogue } from './catalogue.ts';
import { saidIn } from './object.ts';
import { keptOf } from './persons.ts';
import { recordOf } from './record.ts';
import { at, textOf, thing } from './values.ts';

/** Come with a flux, and are no objects. */
const ASIDE = /(^|\/)(index\.json|context\.jsonld)$/i;
const WANTED = {
  lists: ['@graph', 'objects', 'results', 'data'],
  id: (row: Json) => ['id', 'uri', 'uuid'].map((name) => textOf(at(thing(row), name))).find((id) => id !== undefined),
  modified: (row: Json) => textOf(at(thing(row), 'lastUpdateDatatourisme')) ?? textOf(at(thing(row), 'lastUpdate')),
  keep: keptOf,
} as const;

export const datatourisme: Format = {
  name: 'datatourisme',
  version: 2,
  cut: (file, _, tell) => cutObjects(file, tell),
  row: rowFromJson,
  map(row, context) {
    const notes: Finding[] = [];
    const object = thing(row);
    const { id } = context;
    if (object === undefined) return { rejected: finding('datatourisme-row-foreign', { id }) };
    const said = isCatalogueRow(object) ? saidInCatalogue(object, id, notes) : saidIn(object, id, notes);
    return recordOf(said, context, notes);
  },
};

async function* cutObjects(file: ReadableFile, tell: Tell): AsyncGenerator<LocatedCut> {
  if (ASIDE.test(file.name)) return tell(finding('datatourisme-file-aside', { file: file.name }));
  if (/\.json(ld|l)?$/i.test(file.name) || (await beginsAsJson(file))) return yield* cutJson(file, WANTED, tell);
  for await (const cut of cutTable(file, NEEDS, tell)) yield rowWithoutPersons(cut);
}

async function beginsAsJson(file: ReadableFile): Promise<boolean> {
  return /^[\s\ufeff]*[[{]/.test(new TextDecoder().decode(await headOf(file, 64)).replaceAll('\0', ''));
}

/** Of a row that is rejected the bytes are not kept at all. */
function rowWithoutPersons(cut: LocatedCut): LocatedCut {
  if ('wholeFile' in cut) return cut;
  if (cut.kind === 'rejected') {
    const { raw: _, ...rest } = cut;
    return rest;
  }
  const object = thing(rowFromRaw(cut.raw));
  if (object === undefined) return cut;
  const row = withoutPersonsInCatalogue(object);
  return { ...cut, row, raw: new TextEncoder().encode(JSON.stringify(row)) };
}
