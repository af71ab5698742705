/** The ministry's nomenclatures, where they lie beside the project: they are told to be none of Onisep's records. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cutAll, fileOf } from '../reading/testing.ts';
import { onisepFormat } from './onisep.ts';

const SAMPLES = resolve(import.meta.dirname, '../../../../shared/samples/education');

describe.skipIf(!existsSync(SAMPLES))('real files', () => {
  test.each(['n_mef.csv', 'n_famille_metier_spec_pro.csv'])('%s', async (name) => {
    const { cuts } = await cutAll(onisepFormat, fileOf(readFileSync(resolve(SAMPLES, name)), name));
    expect(cuts).toEqual([
      { kind: 'rejected', wholeFile: true, finding: { code: 'onisep-nomenclature', particulars: { file: name } } },
    ]);
  });
});
