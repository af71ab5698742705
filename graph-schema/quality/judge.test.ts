import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { QualityCode } from '../findings/quality.ts';
import type { AnyRecord } from '../record.ts';
import { judge, type Looked } from './judge.ts';
import { contentTier, lifting, metadataTier, TIERS_IN_WORDS } from './tiers.ts';

const GOOD: AnyRecord = {
  kind: 'HeritageObject',
  identifiers: [],
  visibility: 'public',
  fields: {
    name: 'Navette volante de la filature d’exemple',
    objectTypes: ['navette'],
    inventoryNumber: '2001.1',
    date: { text: '19e siècle', edtf: '18' },
    description: 'Navette de buis ferrée aux deux bouts, qui servait à passer la trame entre les fils.',
    licence: 'Licence Ouverte 2.0',
    page: 'https://example.org/1',
  },
  relations: {
    madeIn: [{ text: 'Roubaix (Nord)' }],
    techniques: [{ text: 'bois' }],
    subjects: [{ text: 'tissage' }],
    media: [{ media: { name: 'vue', url: 'https://example.org/1.jpg', rights: 'CC BY 4.0' } }],
  },
};
const looked = (record: AnyRecord, more: Partial<Looked> = {}): Looked => ({
  id: '1',
  record,
  unlinked: [],
  trades: 1,
  numberTwice: false,
  dead: new Set(),
  ...more,
});
const codes = (one: Looked) => judge(one).map(({ code }) => code.slice('quality-'.length));
const changed = (fields: Record<string, unknown>, relations: Record<string, unknown> = {}): AnyRecord =>
  ({ ...GOOD, fields: { ...GOOD.fields, ...fields }, relations: { ...GOOD.relations, ...relations } }) as AnyRecord;

describe('a record', () => {
  test('that has everything has nothing to be mended', () => {
    expect(codes(looked(GOOD))).toEqual([]);
  });

  test.each<[string, Looked, string[]]>([
    ['without a date', looked(changed({ date: undefined })), ['no-date']],
    ['with one that nobody reads', looked(changed({ date: { text: 'du temps de grand-mère' } })), ['date-unread']],
    ['without a place', looked(changed({}, { madeIn: [] })), ['no-place']],
    ['whose place nobody knows', looked(GOOD, { unlinked: ['madeIn: St-Amand'] }), ['place-unread']],
    [
      'whose trade nobody knows',
      looked(GOOD, { unlinked: ['trades: pilote'], trades: 0 }),
      ['no-trade', 'words-unread'],
    ],
    ['without a picture', looked(changed({}, { media: undefined })), ['no-picture']],
    [
      'with a picture of unsaid rights',
      looked(changed({}, { media: [{ media: { name: 'v', url: 'https://example.org/v.jpg' } }] })),
      ['picture-rights'],
    ],
    [
      'with a sound alone',
      looked(
        changed(
          {},
          { media: [{ media: { name: 'v', url: 'https://example.org/v.mp3', mediaType: 'audio', rights: 'CC0' } }] },
        ),
      ),
      ['no-picture'],
    ],
    ['without a description', looked(changed({ description: undefined })), ['no-description']],
    ['with a short one', looked(changed({ description: 'Une navette de bois.' })), ['description-short']],
    ['titled by its name', looked(changed({ name: 'Navette' })), ['title-poor']],
    ['titled by its number', looked(changed({ name: '2001.1' })), ['title-poor']],
    ['without a number', looked(changed({ inventoryNumber: undefined })), ['no-inventory-number']],
    ['whose number another has', looked(GOOD, { numberTwice: true }), ['inventory-number-twice']],
    ['without an object name', looked(changed({ objectTypes: [] })), ['no-type']],
    ['under a licence nobody knows', looked(changed({ licence: 'voir avec nous' })), ['licence-unknown']],
  ])('%s', (_, one, expected) => {
    expect(codes(one)).toEqual(expected);
  });

  test('of a museum or an event is asked what visitors need', () => {
    const museum = {
      ...GOOD,
      kind: 'Structure',
      fields: { name: 'Musée d’exemple', structureType: 'museum' },
      relations: {},
    } as AnyRecord;
    expect(codes(looked(museum))).toEqual(['no-place', 'no-point', 'no-hours', 'no-page', 'no-description']);
    const event = { ...museum, kind: 'Event', fields: { name: 'Visite' } } as AnyRecord;
    expect(codes(looked(event))).toEqual(['no-date', 'no-place', 'no-description']);
    const priced = { ...event, fields: { ...event.fields, price: { text: '5 euros', from: 5 } } } as AnyRecord;
    expect(codes(looked(priced))).toEqual(codes(looked(event)));
  });

  test('is told of a picture and a page that are dead, without their parameters', () => {
    const url = 'https://example.org/v.jpg?key=SECRET';
    const record = changed({}, { media: [{ media: { name: 'v', url, rights: 'CC0', mediaType: 'image' } }] });
    const found = judge(looked(record, { dead: new Set([url, 'https://example.org/1']) }));
    expect(found.map(({ code, particulars }) => [code, particulars['value']])).toEqual([
      ['quality-picture-dead', 'https://example.org/v.jpg?…'],
      ['quality-page-dead', 'https://example.org/1'],
    ]);
    expect(codes(looked(record, { dead: new Set(['https://example.org/other']) }))).toEqual([]);
  });
});

describe('tiers', () => {
  const shown = (rights?: string) =>
    changed(
      { page: undefined },
      { media: [{ media: { name: 'v', url: 'https://example.org/v.jpg', ...(rights ? { rights } : {}) } }] },
    );
  test.each<[string, AnyRecord, number]>([
    ['nothing', changed({ page: undefined }, { media: undefined }), 0],
    ['a page', changed({}, { media: undefined }), 1],
    ['a picture of unsaid rights', shown(), 1],
    ['a reserved one', shown('tous droits réservés'), 2],
    ['one to be shared alike', shown('CC BY-SA 4.0'), 3],
    ['an open one', shown('CC0'), 4],
  ])('of content: %s', (_, record, tier) => {
    expect(contentTier(record, new Set())).toBe(tier);
  });

  test('of content: a dead picture is no picture, a dead page no page', () => {
    const dead = new Set(['https://example.org/v.jpg', 'https://example.org/1']);
    expect(contentTier(shown('CC0'), dead)).toBe(0);
    expect(contentTier(changed({}, { media: undefined }), dead)).toBe(0);
    expect(contentTier(GOOD, dead)).toBe(4);
  });

  test('of metadata', () => {
    const bare = { ...GOOD, fields: { name: 'Navette' }, relations: {} } as AnyRecord;
    expect(metadataTier(bare, 0)).toBe('0');
    expect(metadataTier({ ...bare, fields: { ...bare.fields, use: 'tissage' } }, 0)).toBe('A');
    expect(metadataTier(GOOD, 0)).toBe('A');
    expect(metadataTier(GOOD, 1)).toBe('B');
    expect(metadataTier(GOOD, 2)).toBe('C');
    expect(metadataTier(changed({ description: 'Court.' }), 2)).toBe('B');
  });

  test.each<[string, AnyRecord, number, Partial<Looked>, string[]]>([
    ['a short description of what is else C', changed({ description: 'Court.' }), 2, {}, ['description-short']],
    ['a description beside too few links', changed({ description: 'Court.' }), 1, {}, []],
    ['the fifth element', changed({ date: undefined }), 2, {}, ['no-date']],
    ['a date of what has no links', changed({ date: undefined }), 0, {}, []],
    ['a picture where there is a page alone', changed({}, { media: undefined }), 2, {}, ['no-picture']],
    ['a picture that is dead', GOOD, 2, { dead: new Set(['https://example.org/1.jpg']) }, ['picture-dead']],
  ])('are lifted by %s', (_, record, linked, more, lifted) => {
    const one = looked(record, more);
    const found = judge(one).map(({ code }) => code as QualityCode);
    expect(lifting(found, { record, linked, dead: one.dead })).toEqual(lifted.map((code) => `quality-${code}`));
  });
});

test('the guide says of each tier what the audit says', () => {
  const guide = readFileSync(new URL('../../docs/quality.md', import.meta.url), 'utf8');
  for (const tiers of Object.values(TIERS_IN_WORDS))
    for (const [tier, [fr]] of Object.entries(tiers)) expect(guide).toContain(`| ${tier} | ${fr} |`);
});
