/** Real objects of DATAtourisme, where they lie beside the project: each comes through, with nothing unexplained. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileOf, recordsOf } from '../reading/testing.ts';
import { datatourisme } from './datatourisme.ts';

const SAMPLES = resolve(import.meta.dirname, '../../../../shared/samples/datatourisme');
const files = existsSync(SAMPLES) ? readdirSync(SAMPLES).filter((name) => name.endsWith('.json')) : [];

describe.skipIf(files.length === 0)('real objects', () => {
  test.each(files)('%s', async (name) => {
    const { records, rejected, notes, told } = await recordsOf(
      datatourisme,
      fileOf(readFileSync(resolve(SAMPLES, name)), name, undefined, 4096),
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
    expect(JSON.stringify(record)).not.toMatch(/@|\+33/);
  });
});
