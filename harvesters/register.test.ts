import { join } from 'node:path';
import { expect, test } from 'vitest';
import { registerCsv, registerOf, registerPage } from './register.ts';
import { readSources } from './sources.ts';
import { sourceThat } from './testing/scripted.ts';

const none = async function* () {};

test('the register has every source that declares persons, and tells what its file does not say', () => {
  const personal = { whose: '=témoins', purpose: 'mémoire', basis: 'consentement', retention: 'dix ans' };
  const told = sourceThat(none, { name: 'b', personal, visibility: 'everything' });
  const silent = sourceThat(none, { name: 'a', map: { kind: 'HeritageObject', type: 'testimony' } });
  const plain = sourceThat(none, { name: 'c' });
  const register = registerOf([plain, told, silent]);
  expect(register.entries.map(({ source, missing }) => [source, missing])).toEqual([
    ['b', ['owner', 'personal.what', 'agreement', 'personal.consent']],
  ]);
  expect(register.undeclared).toEqual(['a']);
  expect(registerCsv(register)).toContain(",'=témoins,");
  expect(registerPage(register, '2026-11-23')).toContain('personal.consent');
});

test('of the sources that come with the project none that is about persons is silent', async () => {
  const { sources } = await readSources(join(import.meta.dirname, '..', 'connectors', 'sources'));
  const { entries, undeclared } = registerOf(sources);
  expect(undeclared).toEqual([]);
  expect(entries.map(({ source }) => source)).toEqual([
    'demo-adherents',
    'demo-chaine-temoignages',
    'demo-collectionneurs',
    'demo-temoignages',
  ]);
  expect(entries.flatMap(({ missing }) => missing)).toEqual([]);
});
