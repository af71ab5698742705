/** Real objects of DATAtourisme, where they lie beside the project: each comes through, and of each field it is known what becomes of it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../connector.ts';
import { cutAll, fileOf, recordsOf } from '../reading/testing.ts';
import { datatourisme } from './datatourisme.ts';
import { FATES, type Fate, type Reason, unknownPaths } from './fates.ts';
import { withoutPersons } from './persons.ts';
import { bareName, type Thing, thing } from './values.ts';

const SAMPLES = resolve(import.meta.dirname, '../../../../shared/samples/datatourisme');
const files = existsSync(SAMPLES) ? readdirSync(SAMPLES).filter((name) => name.endsWith('.json')) : [];
const bytesOf = (name: string) => readFileSync(resolve(SAMPLES, name));

const PRICE = 'offers/priceSpecification';
const CITY = 'isLocatedAt/address/hasAddressCity';
const TOWN = ['isLocatedAt/address/addressLocality', `${CITY}/label`, `${CITY}/insee`, `${CITY}/id`];
const PICTURES = ['hasMainRepresentation', 'hasRepresentation'];
const SHORT = ['comment', 'hasDescription/shortDescription', 'hasDescription/description'];
/** Fields that say the same: one alone may be missed by nobody, all of them together are. */
const TOGETHER: readonly (readonly string[])[] = [
  SHORT,
  TOWN,
  ['isLocatedAt/openingHoursSpecification/dayOfWeek/label', 'isLocatedAt/openingHoursSpecification/dayOfWeek/id'],
  [`${PRICE}/hasAudience/label`, `${PRICE}/hasEligibleAudience/label`],
  [`${PRICE}/minPrice`, `${PRICE}/maxPrice`],
  PICTURES.map((name) => `${name}/hasRelatedResource/locator`),
  PICTURES.map((name) => `${name}/hasAnnotation/title`),
];
/** What is taken for granted where it is not said: euros, and the kind of a picture by its ending. */
const BY_DEFAULT = [
  `${PRICE}/priceCurrency`,
  ...PICTURES.map((name) => `${name}/hasRelatedResource/hasMimeType/label`),
];

describe.skipIf(files.length === 0)('real objects', () => {
  test.each(files)('%s', async (name) => {
    const { records, rejected, notes, told } = await recordsOf(
      datatourisme,
      fileOf(bytesOf(name), name, undefined, 4096),
    );
    expect([rejected, notes, told]).toEqual([[], [], []]);
    const [record] = [...records.values()];
    expect(record).toMatchObject({
      kind: 'Structure',
      identifiers: [{ scheme: 'datatourisme' }],
      fields: {
        name: expect.any(String),
        description: expect.any(String),
        page: expect.stringMatching(/^http/),
        point: {},
        openingHours: expect.any(String),
        price: {},
      },
      relations: { place: [{ identifier: { scheme: 'insee' } }], media: [{}] },
    });
    expect(JSON.stringify(record)).not.toMatch(/\+33|[\w.]@[\w.]/);
    const { cuts } = await cutAll(datatourisme, fileOf(bytesOf(name), name, undefined, 4096));
    const raw = cuts.map((cut) => (cut.kind === 'record' ? Buffer.from(cut.raw).toString() : '')).join('');
    // Not shown where it fails: it is long.
    expect(/email"|telephone"|legalName"/.test(raw)).toBe(false);
  });

  test.each(files)('each leaf of %s has a fate, and one that is called mapped shows in the record', (name) => {
    const object = JSON.parse(bytesOf(name).toString()) as Thing;
    const left = new Map<string, Reason>();
    const dead: string[] = [];
    const whole = mapped(object);
    for (const path of pathsOf(object)) {
      const fate = fateOf(path);
      expect(fate, path.join('/')).toBeDefined();
      if (fate !== 'mapped') left.set(path.join('/'), fate as Reason);
      else if (mapped(without(object, path) as Thing) === whole) dead.push(path.join('/'));
    }
    const silent = dead.filter((path) => {
      const group = TOGETHER.find((paths) => paths.includes(path)) ?? [];
      const bare = group.reduce<Json>((rest, one) => without(rest, one.split('/')), object);
      return !BY_DEFAULT.includes(path) && mapped(bare as Thing) === whole;
    });
    expect(silent).toEqual([]);
    expect(left.size).toBeGreaterThan(20);
  });

  test('a field that the ontology did not have is told', () => {
    const object = JSON.parse(bytesOf(files[0] as string).toString()) as Thing;
    const place = (object['isLocatedAt'] as readonly Json[])[0] as Thing;
    const changed = { ...object, newField: ['x'], isLocatedAt: [{ ...place, newPlace: { 'schema:x': 1 } }] };
    expect(unknownPaths(withoutPersons(changed))).toEqual(expect.arrayContaining(['newField', 'isLocatedAt/newPlace']));
  });
});

function mapped(object: Thing): string {
  const id = String(object['@id'] ?? 'x');
  return JSON.stringify(
    datatourisme.map(withoutPersons(object), { id, source: { name: '', title: '', licence: '' }, options: undefined }),
  );
}

/** The paths of all leaves, each once, languages taken together. */
function pathsOf(value: Json, path: readonly string[] = [], found = new Map<string, readonly string[]>()) {
  if (Array.isArray(value)) for (const one of value as readonly Json[]) pathsOf(one, path, found);
  else {
    const within = thing(value);
    if (within === undefined) found.set(path.join('/'), path);
    else
      for (const [name, one] of Object.entries(within))
        pathsOf(one, /^[a-z]{2}$/.test(name) ? path : [...path, bareName(name)], found);
  }
  return found.values();
}

/** What withoutPersons takes away is private, or a trace of translation. */
function fateOf(path: readonly string[]): Fate | undefined {
  const [first = '', second = ''] = path;
  if (/^(hasBeen\w+By|isOwnedBy)$/.test(first)) return 'private';
  if (/Contact$/.test(first) && !['homepage', 'siret', 'taxID', 'id', 'type'].includes(second)) return 'private';
  let fate: Fate | undefined = FATES;
  for (const name of path) {
    if (typeof fate === 'string' || fate === undefined) return fate;
    fate = Object.hasOwn(fate, name) ? fate[name] : undefined;
  }
  return typeof fate === 'string' ? fate : undefined;
}

function without(value: Json, [name, ...rest]: readonly string[]): Json {
  if (Array.isArray(value))
    return (value as readonly Json[]).map((one) => without(one, name === undefined ? [] : [name, ...rest]));
  const object = thing(value);
  if (object === undefined || name === undefined) return value;
  return Object.fromEntries(
    Object.entries(object)
      .filter(([key]) => bareName(key) !== name || rest.length > 0)
      .map(([key, one]) => [key, bareName(key) === name ? without(one, rest) : one]),
  );
}
