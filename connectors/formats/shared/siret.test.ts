import { describe, expect, test } from 'vitest';
import type { Finding } from '#graph-schema/findings/finding.ts';
import { readSiren, readSiret, siretIdentifiers } from './siret.ts';
import { readUai, uaiIdentifiers } from './uai.ts';

/** No establishment has these: SIREN are not attributed so low. The last digit is the check digit. */
const SIRET = '00000001800010';

describe('readSiret', () => {
  test.each([
    SIRET,
    '000 000 018 00010',
    '000\u00a0000\u00a0018\u00a000010',
    '000\u202f000\u202f018\u202f00010',
    '000.000.018.00010',
    ' 000-000-018-00010\ufeff',
  ])('%j', (text) => {
    expect(readSiret(text)).toEqual({ siret: SIRET });
  });

  test('any one digit that changes is seen', () => {
    for (let at = 0; at < SIRET.length; at += 1) {
      for (let digit = 0; digit <= 9; digit += 1) {
        const changed = SIRET.slice(0, at) + digit + SIRET.slice(at + 1);
        if (changed !== SIRET) expect(readSiret(changed), changed).toEqual({ fault: 'check' });
      }
    }
  });

  test('two that the SIREN alone betrays: the whole can pass where the SIREN does not', () => {
    // Luhn over all fourteen is right here, over the first nine it is not.
    expect(readSiret('00000001000017')).toEqual({ fault: 'check' });
  });

  test.each(['', '4,08478E+13', '000000018', '0000001800010', '000000018000100', 'SIRET', '0000000180001O'])(
    '%j has not the form of one',
    (text) => {
      expect(readSiret(text)).toEqual({ fault: 'form' });
    },
  );

  test("La Poste's establishments follow their own rule, or Luhn's", () => {
    // No establishment has the number 0000. The first has a sum of digits that is a multiple of five, the second passes Luhn's check.
    expect(readSiret('35600000000001')).toEqual({ siret: '35600000000001' });
    expect(readSiret('35600000000006')).toEqual({ siret: '35600000000006' });
    expect(readSiret('35600000000002')).toEqual({ fault: 'check' });
  });
});

test('readSiren', () => {
  expect(readSiren('000 000 018')).toEqual({ siren: '000000018' });
  expect(readSiren('000 000 019')).toEqual({ fault: 'check' });
  expect(readSiren(SIRET)).toEqual({ fault: 'form' });
});

describe('what is not taken is told, with its own remedy', () => {
  test.each([
    ['00000001800011', 'siret-check-wrong'],
    ['4,08478E+13', 'siret-rounded'],
    ['4.08478e13', 'siret-rounded'],
    ['000 000 018', 'siret-siren'],
    ['1800010000', 'siret-digits-lost'],
    ['0000001800010', 'siret-digits-lost'],
    ['000000019', 'siret-form-wrong'],
    ['en cours', 'siret-form-wrong'],
  ])('%j: %s', (text, code) => {
    const notes: Finding[] = [];
    expect(siretIdentifiers(text, 'SIRET', notes)).toEqual([]);
    expect(notes).toEqual([{ code, particulars: { value: text, where: 'SIRET' } }]);
  });

  test('none is no fault', () => {
    const notes: Finding[] = [];
    expect(siretIdentifiers(undefined, 'SIRET', notes)).toEqual([]);
    expect(siretIdentifiers(' ', 'SIRET', notes)).toEqual([]);
    expect(siretIdentifiers('000 000 018 00010', 'SIRET', notes)).toEqual([{ scheme: 'siret', value: SIRET }]);
    expect(notes).toEqual([]);
  });
});

test('UAI: seven digits and their letter', () => {
  // No department is 000.
  expect(['0000001B', '0000023A', '0000022Z', ' 000 0001 b'].map(readUai)).toEqual([
    '0000001B',
    '0000023A',
    '0000022Z',
    '0000001B',
  ]);
  expect(['0000001C', '0000001I', '000001B', '', '00000001B'].map(readUai)).toEqual(Array(5).fill(undefined));
  const notes: Finding[] = [];
  expect(uaiIdentifiers('0000001C', 'code UAI', notes)).toEqual([]);
  expect(uaiIdentifiers('', 'code UAI', notes)).toEqual([]);
  expect(notes.map(({ code }) => code)).toEqual(['uai-wrong']);
});
