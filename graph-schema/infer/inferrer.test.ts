import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DescribingRecord } from '../fold/describing.ts';
import { foldEntity } from '../fold/fold.ts';
import type { KindName } from '../model.ts';
import { withDecided } from '../reconcile/decided.ts';
import type { AnyRecord, Link } from '../record.ts';
import { createResolver } from '../vocabularies/resolver.ts';
import { createInferrer } from './inferrer.ts';
import { BELOW_STATED, inferenceTable, readRules } from './rules.ts';

const resolver = createResolver();
const inferrer = createInferrer();
const { least } = readRules(inferenceTable('rules'));

function describing(record: Partial<AnyRecord>, source = 'essai', id = '1'): DescribingRecord {
  const whole = { kind: 'HeritageObject', identifiers: [], visibility: 'public', relations: {}, ...record };
  return { source, id, rank: 10, record: { ...whole, fields: { name: '–', ...record.fields } } as AnyRecord };
}

const infer = (record: Partial<AnyRecord>) =>
  inferrer.infer(record.kind ?? 'HeritageObject', [describing(record)], resolver);
const trades = (records: readonly DescribingRecord[]) =>
  foldEntity(records, resolver).links.filter(({ relation }) => relation === 'trades');

describe('evidence', () => {
  test.each<[string, Partial<AnyRecord>, object]>([
    [
      'a denomination',
      { fields: { name: '–', objectTypes: ['navette de tisserand'] } },
      { rule: 'denomination', text: 'navette de tisserand' },
    ],
    ['a tool', { fields: { name: '–', objectTypes: ['rouet'] } }, { rule: 'tool', text: 'rouet', confidence: 0.8 }],
    ['a use', { fields: { name: '–', use: 'tissage' } }, { rule: 'use', text: 'tissage', confidence: 0.8 }],
    ['a subject', { relations: { subjects: [{ text: 'scène (tisserand)' }] } }, { rule: 'subject', confidence: 0.75 }],
    ['a title', { fields: { name: 'Le tisserand' } }, { rule: 'title', text: 'Le tisserand', confidence: 0.7 }],
    [
      'a code',
      {
        kind: 'Structure',
        fields: { name: '–', structureType: 'firm' },
        relations: { activities: [{ identifier: { scheme: 'naf', value: '10.71C' } }] },
      },
      { rule: 'naf-close', text: 'NAF 10.71C Boulangerie et boulangerie-pâtisserie', confidence: 0.8 },
    ],
    [
      'a training',
      {
        kind: 'Structure',
        fields: { name: '–', structureType: 'school' },
        relations: { trainings: [{ text: 'CAP boulanger' }] },
      },
      { rule: 'training', text: 'formation : CAP boulanger', confidence: 0.85 },
    ],
    [
      'a location',
      { kind: 'Event', fields: { name: '–', location: 'Salle des fêtes, 59190 Hazebrouck' } },
      { relation: 'place', rule: 'location', identifier: { scheme: 'insee', value: '59295' } },
    ],
  ])('of %s', (_, record, expected) => {
    expect(infer(record)).toMatchObject([expected]);
  });

  test('of a recording: the first passage that speaks of it, whatever the order of the passages', () => {
    const transcript = [
      { begin: 90, end: 95, text: 'mon père aussi était mineur' },
      { begin: 12.5, end: 20, text: 'je suis devenu mineur à quatorze ans, comme galibot' },
    ];
    expect(infer({ fields: { name: 'Entretien', objectKind: 'testimony', transcript } })).toMatchObject([
      { identifier: { value: 'mineur' }, rule: 'transcript', moment: '12.5' },
      { identifier: { value: 'galibot' }, rule: 'transcript', moment: '12.5' },
    ]);
  });

  test('a surer rule wins, and keeps the moment of the other', () => {
    const transcript = [{ begin: 7, end: 9, text: 'les mineurs descendaient' }];
    const fields = { name: 'Entretien', objectKind: 'testimony', use: 'métier de mineur', transcript };
    expect(infer({ fields })).toMatchObject([{ rule: 'use', text: 'métier de mineur', moment: '7' }]);
  });
});

describe('never louder than what is stated', () => {
  const shuttle = { name: '–', objectTypes: ['navette de tisserand'] };
  const stated = (value: string) => ({ trades: [{ identifier: { scheme: 'trame', value } }] });

  test('a stated trade, or one that was read, stays as it is and alone', () => {
    expect(trades([describing({ fields: shuttle, relations: stated('tisserand') })])).toMatchObject([
      { how: 'stated', confidence: 1 },
    ]);
    const read = describing({ fields: shuttle, relations: { trades: [{ text: 'tisserands', confidence: 0.3 }] } });
    expect(trades([read])).toMatchObject([{ how: 'label', rule: 'plural', confidence: 0.3, text: 'tisserands' }]);
  });

  test('a stated trade learns the moment at which it is spoken of', () => {
    const transcript = [{ begin: 7, end: 9, text: 'un tisserand' }];
    const film = describing({ fields: { name: '–', objectKind: 'film', transcript }, relations: stated('tisserand') });
    expect(trades([film])).toMatchObject([{ how: 'stated', facts: { moment: '7' } }]);
  });

  test('others are inferred beside it, but not beside what a steward wrote in the hub', () => {
    expect(trades([describing({ fields: shuttle, relations: stated('mineur') })])).toHaveLength(2);
    const hub = describing({ relations: stated('mineur') }, 'trame', '2');
    expect(trades([describing({ fields: shuttle }), hub])).toMatchObject([{ key: 'Trade/trame:mineur' }]);
  });

  test('words that a format offers are inferred, and a rule that says more takes their place', () => {
    const offered = { trades: [{ text: 'tisserand', how: 'inferred' as const }] };
    expect(trades([describing({ relations: offered })])).toMatchObject([
      { how: 'inferred', rule: 'mapping', confidence: 0.7 },
    ]);
    expect(trades([describing({ fields: { name: '–', use: 'tisserand' }, relations: offered })])).toMatchObject([
      { rule: 'use', confidence: 0.85 },
    ]);
  });

  test('a place that is stated, even in words that are not known, is not inferred from the location', () => {
    const event = { kind: 'Event' as const, fields: { name: '–', location: 'Roubaix' } };
    expect(infer(event)).toHaveLength(1);
    expect(infer({ ...event, relations: { place: [{ text: 'chez Delexemple' }] } })).toEqual([]);
  });
});

test('hidden words are no evidence of what everyone may see', () => {
  const hidden = describing({ visibility: 'hidden', fields: { name: '–', use: 'tissage' } }, 'a', '2');
  expect(trades([describing({}), hidden])).toEqual([]);
  expect(trades([hidden])).toHaveLength(1);
  expect(foldEntity([hidden], resolver).published).toBe(false);
});

test('a title on which no trade can be told: surnames, streets, signs', () => {
  const names = fc.constantFrom('Meunier', 'Boulanger', 'Mercier', 'Tisserand', 'Charpentier', 'Le Tourneur');
  const before = fc.constantFrom(
    'M. ',
    'Mme ',
    'Portrait de Jean ',
    'Rue ',
    'Place du ',
    'Café du ',
    'Famille ',
    'rue des ',
  );
  const after = fc.constantFrom('', ' à Exempleville', ', carte postale', ' et ses enfants');
  fc.assert(
    fc.property(before, names, after, (lead, name, tail) => {
      expect(infer({ fields: { name: `${lead}${name}${tail}` } })).toEqual([]);
    }),
  );
});

test('any record: each target once, sure enough and below what is stated, the same again', () => {
  const words = fc
    .array(
      fc.constantFrom(
        'tisserand',
        'Meunier',
        'mineur',
        'rue',
        'des',
        'de',
        'la',
        'métier',
        'à',
        'tisser',
        ',',
        '.',
        'lin',
        '-',
        '(',
        ')',
      ),
      { maxLength: 12 },
    )
    .map((some) => some.join(' ') || '–');
  const kind = fc.constantFrom<KindName>('HeritageObject', 'Structure', 'Event', 'Route', 'Place', 'Media');
  const type = fc.constantFrom('firm', 'museum', 'school', undefined);
  const text = fc.oneof(words, fc.string());
  fc.assert(
    fc.property(kind, type, text, text, (of, structureType, one, other) => {
      const fields = { name: one, description: other, use: other, objectTypes: [one], themes: [other], location: one };
      const record = { kind: of, fields: structureType ? { ...fields, structureType } : fields };
      const inferred = infer(record);
      expect(infer(record)).toEqual(inferred);
      const targets = inferred.map(({ relation, identifier }) => `${relation} ${identifier.value}`);
      expect(new Set(targets).size).toBe(targets.length);
      for (const { confidence } of inferred) {
        expect(confidence).toBeGreaterThanOrEqual(least);
        expect(confidence).toBeLessThan(BELOW_STATED);
      }
    }),
  );
});

describe('what a steward decided about words is heard wherever they are inferred from', () => {
  const tanner = { identifier: { scheme: 'trame', value: 'tanneur' }, label: 'tanneur' };
  const nothing = (words: string) => ({ what: 'trades' as const, words, means: [] });
  const settled = withDecided(resolver, [
    nothing('forgeron'),
    nothing('rouet'),
    nothing('dentelle'),
    nothing('filature'),
    nothing('métallurgie'),
    { what: 'trades', words: 'charron', means: [tanner] },
    { what: 'trades', words: 'pelle à écharner', means: [tanner] },
  ]);
  const both = (record: Partial<AnyRecord>) =>
    [resolver, settled].map((one) =>
      inferrer
        .infer(record.kind ?? 'HeritageObject', [describing(record)], one)
        .map(({ identifier }) => identifier.value),
    );
  test.each<[string, Partial<AnyRecord>, readonly string[], readonly string[]]>([
    ['a title', { fields: { name: 'Le forgeron du village' } }, ['forgeron'], []],
    ['a title, another', { fields: { name: 'Le charron du village' } }, ['charron'], ['tanneur']],
    ['a tool', { fields: { name: '–', objectTypes: ['rouet'] } }, ['fileur'], []],
    ['a denomination', { fields: { name: '–', objectTypes: ['pelle à écharner'] } }, [], ['tanneur']],
    ['a domain', { fields: { name: '–', domains: ['métallurgie'] } }, ['metallurgie'], []],
    ['a museum', { kind: 'Structure', fields: { name: 'Musée de la dentelle' } }, ['dentelle-broderie'], []],
    ['a firm', { kind: 'Structure', fields: { name: 'Filature Exemple', structureType: 'firm' } }, ['fileur'], []],
  ])('%s', (_, record, before, after) => {
    expect(both(record)).toEqual([before, after]);
  });
});

test.each(['de ', 'bac pro ', 'e\u0301', 'rue de la '])(
  '200,000 characters of "%s" anywhere are gone through in seconds, not minutes',
  (piece) => {
    const text = `a${piece.repeat(200_000 / piece.length)}\nx`;
    const [links, cues] = [[{ text: text.slice(0, 2_000) }], [{ begin: 1, end: 2, text }]];
    const all = { name: text, description: text, use: text, objectTypes: [text], domains: [text], themes: [text] };
    const before = performance.now();
    for (const objectKind of ['film', 'object'])
      infer({ fields: { ...all, objectKind, transcript: cues }, relations: { subjects: links } });
    for (const structureType of ['museum', 'firm', 'school'])
      infer({ kind: 'Structure', fields: { ...all, structureType }, relations: { trainings: links } });
    infer({ kind: 'Event', fields: { ...all, location: text } });
    expect(performance.now() - before).toBeLessThan(5_000);
  },
);

test.each([
  ['navette de tisserand', 'une dentellie\u0300re', 'dentellier'],
  ['rouet', 'Le me\u0301gissier du village', 'tanneur'],
])('accents beside their letters, and a NUL, change nothing: %s', (type, title, trade) => {
  const ids = (name: string, objectTypes: readonly string[]) =>
    infer({ fields: { name, objectTypes } }).map(({ identifier }) => identifier.value);
  expect(ids(title, [type])).toContain(trade);
  expect(ids(title, [type])).toEqual(ids(title.normalize('NFC'), [type]));
  expect(() => ids(`${title}\0`, [`${type}\0`])).not.toThrow();
});

test.each<[string, Partial<AnyRecord>]>([
  ['a family’s name among what is shown', { relations: { subjects: [{ text: 'portrait (Boulanger, assis)' }] } }],
  ['a scene of the Bible', { relations: { subjects: [{ text: 'scène biblique (berger)' }] } }],
  ['a myth', { relations: { subjects: [{ text: 'scène mythologique (Vulcain, forgeron)' }] } }],
  ['a dog', { fields: { name: '–', objectTypes: ['chien de berger'] } }],
  [
    'a works that became a hotel',
    { kind: 'Structure', fields: { name: 'Hôtel de la Verrerie', structureType: 'firm' } },
  ],
  ['flats in a mill', { kind: 'Structure', fields: { name: 'La Filature, logements', structureType: 'firm' } }],
])('%s tells no trade', (_, record) => {
  expect(infer(record)).toEqual([]);
});

test('words that a format only offers as a trade may be a family’s name; in a field of trades they are none', () => {
  const linkOf = (link: Link) => trades([describing({ relations: { trades: [link] } })]).map(({ key }) => key);
  expect(linkOf({ text: 'Meunier', how: 'inferred' })).toEqual([]);
  expect(linkOf({ text: 'meunier', how: 'inferred' })).toEqual(['Trade/trame:meunier']);
  expect(linkOf({ text: 'Meunier' })).toEqual(['Trade/trame:meunier']);
});
