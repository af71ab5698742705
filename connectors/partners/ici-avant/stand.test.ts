import { expect, test } from 'vitest';
import { geojson } from '../../formats/geojson/geojson.ts';
import { codes, fileOf, recordsOf } from '../../formats/reading/testing.ts';
import { type IciAvantFault, iciAvantStand } from './stand.ts';

const BASE = 'http://127.0.0.1:1';

async function read(...faults: IciAvantFault[]) {
  const answer = await iciAvantStand(() => BASE, new Set(faults))(new URL(`${BASE}/ici-avant/points.geojson`));
  return recordsOf(geojson as never, fileOf(answer?.body ?? '', 'points.geojson', undefined, 1024));
}

test('35 stops, each with its commune, its point, its year and two pictures', async () => {
  const { records, rejected, notes, told } = await read();
  expect([records.size, rejected, notes]).toEqual([35, [], []]);
  // The rights of the pictures have no usual name: the source file says where they stand.
  expect(codes(told)).toEqual(['geojson-properties-unread']);
  for (const { kind, fields, relations } of records.values()) {
    expect(kind).toBe('Stop');
    expect(fields).toMatchObject({
      name: expect.stringContaining('démonstration'),
      point: {},
      year: {},
      position: expect.any(Number),
    });
    expect(relations).toMatchObject({ place: [{ identifier: { scheme: 'insee' } }], media: [{}, {}] });
  }
});

test('its faults', async () => {
  const swapped = await read('swapped');
  expect([...new Set(codes(swapped.notes))]).toEqual(['coordinates-swapped']);
  expect(swapped.records.get('demo-textile-1')).toEqual((await read()).records.get('demo-textile-1'));
  expect(codes((await read('cut-off')).rejected)).toEqual(['json-cut-off']);
  expect(codes((await read('no-ids')).told)).toEqual(['geojson-id-made', 'geojson-properties-unread']);
});

test('its pictures are JPEG, and each another', async () => {
  const stand = iciAvantStand(() => BASE);
  const shown = async (name: string) => stand(new URL(`${BASE}/ici-avant/photos/${name}.jpg`));
  expect(await shown('35-apres')).toMatchObject({ status: 200, headers: { 'content-type': 'image/jpeg' } });
  const etags = await Promise.all(
    ['1-avant', '1-apres', '2-avant', '1-avant'].map(async (name) => (await shown(name))?.headers['etag']),
  );
  expect([new Set(etags).size, etags[3]]).toEqual([3, etags[0]]);
  expect((await shown('36-apres'))?.status).toBe(404);
  expect(await stand(new URL(`${BASE}/autre`))).toBeUndefined();
});
