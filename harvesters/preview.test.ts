import { expect, test } from 'vitest';
import type { Format } from '#connectors/format.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import type { Spoken } from './batches.ts';
import { layOut, type MappedPreview, previewOf } from './preview.ts';
import { sourceFileSchema } from './source-file.ts';
import type { Source } from './sources.ts';

const resolver = createResolver();

/** A source whose rows already are records: only what a preview reads of it. */
function source(visibility: 'everything' | 'nothing'): Source {
  const about = sourceFileSchema.parse({
    name: 'essai',
    title: 'Essai',
    licence: 'CC0 1.0',
    contact: 'https://example.org/',
    protocol: 'files',
    options: {},
    visibility,
  });
  const format = {
    name: 'plain',
    version: 1,
    map: (row: unknown) => (row === 'bad' ? { rejected: finding('run-empty', { source: 'essai' }) } : { record: row }),
  } as unknown as Format;
  return { name: 'essai', about, visibility, format, formatOptions: undefined } as unknown as Source;
}

const ROW = {
  kind: 'HeritageObject',
  identifiers: [],
  fields: { name: 'Navette', date: { text: '19e siècle', confidence: 0.9 }, objectTypes: ['navette', 'outil'] },
  relations: {
    trades: [{ text: 'tisserand' }, { text: 'xyzzy' }, { text: 'canal', how: 'inferred' }],
    madeIn: [{ text: 'Roubaix' }],
    heldBy: [{ identifier: { scheme: 'museofile', value: 'M0000' } }],
  },
};
const spoken = (row: unknown, raw = '{"Nom":"Navette"}') =>
  ({ kind: 'record', id: '7', row, raw: Buffer.from(raw) }) as unknown as Spoken;

test('a record is shown with its fields in words, and with what its words would lead to', () => {
  const preview = previewOf(spoken(ROW), source('everything'), resolver) as MappedPreview;
  expect(preview).toMatchObject({ outcome: 'mapped', id: '7', kind: 'HeritageObject', visibility: 'public' });
  const value = (name: string) => preview.fields.find((field) => field.name === name)?.value;
  expect(value('name')).toBe('Navette');
  expect(value('date')).toBe('« 19e siècle », sûr à 90 %');
  expect(value('objectTypes')).toBe('navette · outil');
  const led = preview.links.map(({ relation, said, leadsTo, how }) => [relation, said, leadsTo, how]);
  expect(led).toContainEqual(['heldBy', 'museofile : M0000', 'museofile : M0000', 'stated']);
  expect(led).toContainEqual(['trades', 'tisserand', expect.stringContaining('tisserand'), 'label']);
  expect(led).toContainEqual(['madeIn', 'Roubaix', expect.stringContaining('insee : 59512'), 'label']);
  // Words that were said and that nobody knows are shown; words that were only tried are not.
  expect(led).toContainEqual(['trades', 'xyzzy', undefined, 'label']);
  expect(led.flat()).not.toContain('canal');
});

test('a hidden record is shown to the steward, as hidden', () => {
  expect(previewOf(spoken(ROW), source('nothing'), resolver)).toMatchObject({
    outcome: 'mapped',
    visibility: 'hidden',
  });
});

test('what would be put aside is shown with its reason, and a tombstone as such', () => {
  expect(previewOf(spoken('bad'), source('everything'), resolver)).toMatchObject({
    outcome: 'rejected',
    id: '7',
    reason: { code: 'run-empty' },
  });
  expect(previewOf({ kind: 'deleted', id: '8' }, source('everything'), resolver)).toMatchObject({ outcome: 'deleted' });
});

test('raw bytes are laid out to be read: a row a cell a line, XML by depth, the rest as it is', () => {
  expect(layOut('{"Nom":"Navette","Ville":"Roubaix"}')).toBe('Nom : Navette\nVille : Roubaix');
  expect(layOut('<a xmlns="urn:x"><b>un</b><c/><d>deux</d></a>')).toBe('<a>\n  <b>un</b>\n  <c/>\n  <d>deux</d>\n</a>');
  expect(layOut('TITR  Navette')).toBe('TITR  Navette');
  expect(layOut('x'.repeat(10_000)).length).toBeLessThan(4_100);
});
