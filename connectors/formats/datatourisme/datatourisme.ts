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
import { recordOf, saidIn } from './object.ts';
import { type Thing, textOf, thing, things } from './values.ts';

/** Come with a flux, and are no objects. */
const ASIDE = /(^|\/)(index\.json|context\.jsonld)$/i;
const WANTED = {
  lists: ['@graph', 'objects', 'results', 'data'],
  id: (row: Json) => textOf(thing(row)?.['@id']),
  modified: (row: Json) => textOf(thing(row)?.['lastUpdateDatatourisme']) ?? textOf(thing(row)?.['lastUpdate']),
} as const;

export const datatourisme: Format = {
  name: 'datatourisme',
  version: 1,
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
  const isJson = /^[\s\ufeff]*[[{]/.test(new TextDecoder().decode(await headOf(file, 64)).replaceAll('\0', ''));
  if (isJson) for await (const cut of cutJson(file, WANTED, tell)) yield kept(cut, cut, withoutPersons);
  else
    for await (const cut of cutTable(file, NEEDS, tell))
      yield kept(cut, cut.kind === 'record' ? { ...cut, row: rowFromRaw(cut.raw) } : cut, withoutPersonsInCatalogue);
}

/** A cut whose row and bytes hold no way to reach a person; of one that is rejected the bytes are not kept at all. */
function kept(whole: LocatedCut, cut: LocatedCut, clean: (row: Thing) => Thing): LocatedCut {
  if ('wholeFile' in cut) return cut;
  if (cut.kind === 'rejected') {
    const { raw: _, ...rest } = cut;
    return rest;
  }
  const object = thing(cut.row);
  if (object === undefined) return whole;
  const row = clean(object);
  return { ...cut, row, raw: new TextEncoder().encode(JSON.stringify(row)) };
}

/** Of contacts the page and the number of the firm stay; those who made, published, own or manage the object are named nowhere. */
function withoutPersons(object: Thing): Thing {
  const row: Record<string, Json> = {};
  for (const [name, value] of Object.entries(object)) {
    if (/^has(Contact|BookingContact)$/.test(name)) row[name] = things(value).map(reachedByPage);
    else if (!/^(has\w*Contact|hasBeen\w+By|isOwnedBy|hasClientTarget|hasTranslatedProperty)$/.test(name))
      row[name] = value;
  }
  return row;
}

function reachedByPage(contact: Thing): Thing {
  const stays = ['@type', 'foaf:homepage', 'siret', 'schema:taxID'];
  return Object.fromEntries(Object.entries(contact).filter(([name]) => stays.includes(name)));
}
