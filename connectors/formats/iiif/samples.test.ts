/** Real manifests, where they lie beside the project: every value that they hold comes through, or stands below with its reason. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type AnyRecord, parseRecord } from '#graph-schema/record.ts';
import type { Json } from '../../connector.ts';
import { fileOf, recordsOf } from '../reading/testing.ts';
import { byLanguage, idIn, listIn, objectIn } from '../shared/json-ld.ts';
import { iiif } from './iiif.ts';

const SAMPLES = resolve(import.meta.dirname, '../../../../shared/samples/iiif');
const files = globSync('*.json', { cwd: SAMPLES }).map((name) => join(SAMPLES, name));

/** What says nothing that a record has a field for. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  Title: 'the label again',
  'Titre complet': 'the label again',
  image: 'a medium, not what the thing is called',
};

/** All texts of a record, as they may be searched. */
const textOf = (record: AnyRecord): string => JSON.stringify([record.fields, record.relations, record.identifiers]);

describe.skipIf(!existsSync(SAMPLES))('real manifests', () => {
  test.each(files.map((path) => ({ name: basename(path), path })))('$name', async ({ path, name }) => {
    const content = readFileSync(path);
    const manifest = objectIn(JSON.parse(content.toString('utf8')) as Json) ?? {};
    const { records, rejected, notes } = await recordsOf(iiif, fileOf(content, name, undefined, 4096));
    expect(rejected).toEqual([]);
    expect(notes.map(({ code }) => code)).toEqual([]);
    expect([...records.keys()]).toEqual([idIn(manifest)]);
    const record = [...records.values()][0] as AnyRecord;
    expect(parseRecord(record)).not.toHaveProperty('issues');
    const all = textOf(record);
    const missing = listIn(manifest['metadata']).flatMap((pair) => {
      const [label = '?'] = byLanguage(objectIn(pair)?.['label']).chosen;
      const values = byLanguage(objectIn(pair)?.['value']).chosen.flatMap((value) => value.split('; '));
      return values.filter(
        (value) => !all.includes(JSON.stringify(value).slice(1, -1)) && !(label in LEFT_OUT) && !(value in LEFT_OUT),
      );
    });
    expect(missing).toEqual([]);
    expect(record.fields['credit']).toBeDefined();
    expect(record.relations['media']).toMatchObject([
      { media: { url: idIn(manifest), mediaType: 'iiif-manifest' } },
      { media: { mediaType: 'image', url: expect.stringMatching(/\/full\/(1024,|full)\/0\/default\.jpg$/) } },
    ]);
    // Neither partner says in a known licence that its pictures may be shown elsewhere.
    expect(all).not.toContain('"republishable":true');
  });
});
