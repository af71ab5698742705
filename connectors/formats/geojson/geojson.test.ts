import { describe, expect, test } from 'vitest';
import { codes, fileOf, recordsOf } from '../reading/testing.ts';
import { geojson } from './geojson.ts';

const feature = (id: unknown, coordinates: unknown, properties: unknown = {}, type = 'Point') => ({
  type: 'Feature',
  ...(id === undefined ? {} : { id }),
  geometry: coordinates === null ? null : { type, coordinates },
  properties: { nom: 'Étape de démonstration', ...(properties as object) },
});
const read = (value: unknown, options?: unknown) =>
  recordsOf(
    geojson as never,
    fileOf(typeof value === 'string' ? value : JSON.stringify(value), 'x.geojson', undefined, 64),
    options,
  );
const collection = (...features: unknown[]) => ({ type: 'FeatureCollection', features });

describe('without a map', () => {
  test('a feature is a stop, by the usual names', async () => {
    const properties = {
      année: 1911,
      commune: 'Roubaix',
      photos: ['https://example.org/a.jpg', 'https://example.org/b.jpg'],
    };
    const { records, rejected, notes, told } = await read(collection(feature(7, [3.18, 50.68], properties)));
    expect([rejected, notes, told]).toEqual([[], [], []]);
    expect(records.get('7')).toMatchObject({
      kind: 'Stop',
      fields: {
        name: 'Étape de démonstration',
        year: { text: '1911', from: 1911 },
        point: { latitude: 50.68, longitude: 3.18, precision: 'site' },
      },
      relations: { place: [{ text: 'Roubaix' }], media: [{ media: { url: 'https://example.org/a.jpg' } }, {}] },
    });
  });

  test('one feature, features in lines, and text sequences', async () => {
    const [a, b] = [feature('a', [3, 50.5]), feature('b', [3, 50.6])].map((one) => JSON.stringify(one));
    expect([...(await read(String(a))).records.keys()]).toEqual(['a']);
    expect([...(await read(`${a}\n${b}\n`)).records.keys()]).toEqual(['a', 'b']);
    expect([...(await read(`\u001e${a}\n\u001e${b}\n`)).records.keys()]).toEqual(['a', 'b']);
  });

  test('an identifier is made where none is given, and told', async () => {
    const features = collection(feature(undefined, [3, 50.5]), feature(undefined, [3, 50.6]));
    const [first, again] = [await read(features), await read(features)];
    expect([...first.records.keys()]).toEqual([...again.records.keys()]);
    expect(first.records.size).toBe(2);
    expect(codes(first.told)).toEqual(['geojson-id-made']);
  });
});

describe('positions', () => {
  test.each([
    ['swapped', [50.68, 3.18], { latitude: 50.68, longitude: 3.18, precision: 'site' }, ['coordinates-swapped']],
    ['Lambert 93', [700000, 6600000], { latitude: 46.5, longitude: 3, precision: 'site' }, ['coordinates-projected']],
    ['with height', [3, 50.5, 20], { latitude: 50.5, longitude: 3, precision: 'site' }, []],
    ['none', null, undefined, []],
    ['nonsense', ['x', 'y'], undefined, ['geojson-point-unread']],
  ])('%s', async (_, coordinates, point, told) => {
    const { records, notes } = await read(collection(feature('a', coordinates)));
    expect(records.get('a')?.fields['point']).toEqual(point);
    expect(codes(notes)).toEqual(told);
  });

  test('the middle of a line and of an area', async () => {
    const line = feature(
      'l',
      [
        [3, 50],
        [3.2, 50.4],
      ],
      {},
      'LineString',
    );
    const area = feature(
      'p',
      [
        [
          [3, 50],
          [3.2, 50],
          [3.2, 50.4],
          [3, 50],
        ],
      ],
      {},
      'Polygon',
    );
    const { records } = await read(collection(line, area));
    for (const id of ['l', 'p'])
      expect(records.get(id)?.fields['point']).toEqual({ latitude: 50.2, longitude: 3.1, precision: 'area' });
  });

  test('corners at 0, 0 are left out of the middle, and told', async () => {
    const geometry = {
      type: 'GeometryCollection',
      geometries: [
        { type: 'Point', coordinates: [3.06, 50.63] },
        { type: 'Point', coordinates: [0, 0] },
      ],
    };
    const { records, notes } = await read({ ...feature('a', null), geometry });
    expect(records.get('a')?.fields['point']).toMatchObject({ latitude: 50.63, longitude: 3.06 });
    expect(codes(notes)).toEqual(['geojson-origin-left-out']);
  });

  test('metres that may be of two projections make no point, and that is told', async () => {
    const { records, notes } = await read(feature('a', [340_640, 6_556_000]));
    expect(records.get('a')?.fields['point']).toBeUndefined();
    expect(codes(notes)).toEqual(['coordinates-projection-unsure', 'geojson-point-unread']);
  });

  test('common properties that a stop has no field for become lines; others are told once a file, contacts never', async () => {
    const properties = {
      adresse: '1 rue de l’Exemple',
      horaires: '10h-12h',
      siteweb: 'https://a.example',
      surface: 3,
      lat: 50,
    };
    const { records, told } = await read(
      collection(
        feature('a', [3, 50.5], { ...properties, telephone: '03 20 00 00 00', descriptif: 'Une halte.' }),
        feature('b', [3, 50.5], { surface: 4 }),
      ),
    );
    expect(records.get('a')?.fields).toMatchObject({
      description: 'Une halte.\nAdresse : 1 rue de l’Exemple\nHoraires : 10h-12h',
      page: 'https://a.example',
    });
    expect(told.map(({ code, particulars }) => [code, particulars['names']])).toEqual([
      ['geojson-properties-unread', 'surface'],
    ]);
  });

  test('a crs is found behind the features too', async () => {
    const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::3857' } };
    const features = Array.from({ length: 700 }, (_, at) => feature(at, [341_000, 6_560_000]));
    const file = { type: 'FeatureCollection', features, crs };
    expect(JSON.stringify(file).length).toBeGreaterThan(66_000);
    expect(codes((await read(file)).rejected)).toEqual(['geojson-crs-unread']);
  });

  test('a projection that is not read is refused: its metres look like Lambert 93', async () => {
    const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::3857' } };
    const { rejected } = await read({ type: 'FeatureCollection', crs, features: [feature('a', [341000, 6560000])] });
    expect(codes(rejected)).toEqual(['geojson-crs-unread']);
  });
});

test('a position whose parts are objects crashes nothing', async () => {
  const hostile = JSON.parse('{"lat":{"toString":1},"lon":3}') as unknown;
  const { records } = await read(feature('a', [3, 50.5], { place: hostile }));
  expect(records.has('a')).toBe(true);
});

test('by a map, as a table', async () => {
  const parsed = geojson.options?.safeParse({
    kind: 'Structure',
    id: 'cle',
    fields: { name: 'nom', structureType: { value: 'museum' }, address: 'lieu.rue' },
  });
  expect(parsed?.success).toBe(true);
  const options = parsed?.success ? parsed.data : undefined;
  const { records } = await read(
    collection(feature(undefined, [3, 50.5], { cle: 'k1', lieu: { rue: 'rue de l’Exemple' } })),
    options,
  );
  expect(records.get('k1')).toMatchObject({
    kind: 'Structure',
    fields: { structureType: 'museum', address: 'rue de l’Exemple', point: { latitude: 50.5 } },
  });
});

test('a feature without a name, and what is no feature', async () => {
  const { rejected } = await read(collection(feature('a', [3, 50], { nom: '' }), { type: 'Point' }));
  expect(codes(rejected)).toEqual(['format-no-name', 'json-id-missing']);
});

test('a map may name the feature’s own id, unless a property is called so', async () => {
  const map = { kind: 'Stop', id: ['id'], fields: { name: { column: 'nom' } }, identifiers: { trame: 'id' } };
  const { records } = await read(
    collection(feature('point-1', [3, 50.5]), feature('x', [3, 50.6], { id: 'point-2' })),
    map,
  );
  expect([...records].map(([id, { identifiers }]) => [id, identifiers])).toEqual([
    ['point-1', [{ scheme: 'trame', value: 'point-1' }]],
    ['point-2', [{ scheme: 'trame', value: 'point-2' }]],
  ]);
});
