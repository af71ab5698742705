import { expect, test } from 'vitest';
import { geojson } from '../../formats/geojson/geojson.ts';
import { codes, fileOf, recordsOf } from '../../formats/reading/testing.ts';
import { type IciAvantFault, iciAvantStand } from './stand.ts';

const BASE = 'http://127.0.0.1:1';

function read(...faults: IciAvantFault[]) {
  const answer = iciAvantStand(() => BASE, new Set(faults))(new URL(`${BASE}/ici-avant/points.geojson`));
  return recordsOf(geojson as never, fileOf(answer?.body ?? '', 'points.geojson', undefined, 1024));
}

test('35 stops, each with its commune, its point, its year and two pictures', async () => {
  const { records, rejected, notes, told } = await read();
  expect([records.size, rejected, notes, told]).toEqual([35, [], [], []]);
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
  expect(codes((await read('no-ids')).told)).toEqual(['geojson-id-made']);
});

test('its pictures', () => {
  const stand = iciAvantStand(() => BASE);
  expect(stand(new URL(`${BASE}/ici-avant/photos/35-apres.svg`))?.status).toBe(200);
  expect(stand(new URL(`${BASE}/ici-avant/photos/36-apres.svg`))?.status).toBe(404);
  expect(stand(new URL(`${BASE}/autre`))).toBeUndefined();
});
