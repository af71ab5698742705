import { expect, test } from 'vitest';
import { jocondeText } from '#connectors/formats/joconde/text.ts';
import { fileOf, recordsOf } from '#connectors/formats/reading/testing.ts';
import type { MuseumReport } from '#harvesters/corrections/report.ts';
import type { KeyedCorrection } from '#harvesters/corrections/state.ts';
import { correctionsFile, questionsFile, type Writing } from './files.ts';

const correction = (more: Partial<KeyedCorrection>): KeyedCorrection => ({
  column: 'MILL',
  kind: 'date',
  form: 'sure',
  before: 'XXe',
  proposed: ['20e siècle'],
  why: { fr: '', en: '' },
  confidence: 1,
  codes: [],
  key: 'k',
  id: 'A1',
  page: undefined,
  ...more,
});
const reportOf = (row: Record<string, string>, one: KeyedCorrection): MuseumReport => ({
  records: 1,
  sure: 1,
  questions: 0,
  refused: 0,
  beyond: 0,
  closed: { applied: 0, otherwise: 0, withdrawn: 0 },
  corrections: [],
  rows: [{ id: 'A1', inventoryNumber: '', row, corrections: [one] }],
  columns: Object.keys(row),
});
const writing: Writing = { shape: 'table', delimiter: ';', encoding: 'utf-8', header: undefined, left: [] };

test('tagged text is read again by its own format, with the correction in place', async () => {
  const report = reportOf({ REF: 'A1', DENO: 'bobine', MILL: 'XXe' }, correction({}));
  const { name, bytes } = correctionsFile(report, { ...writing, shape: 'tagged' });
  const { records } = await recordsOf(jocondeText as never, fileOf(Buffer.from(bytes), name));
  expect(records.get('A1')?.fields).toMatchObject({ date: { text: '20e siècle', from: 1901 } });
});

test('a file in windows-1252 stays so; what it cannot hold makes it UTF-8 with its mark', () => {
  const file = (value: string) =>
    Buffer.from(
      correctionsFile(reportOf({ Lieu: '' }, correction({ column: 'Lieu', proposed: [value] })), {
        ...writing,
        encoding: 'windows-1252',
      }).bytes,
    );
  expect(file('Béthune').toString('latin1')).toBe('Lieu\r\nBéthune\r\n');
  expect(file('Łódź').toString('utf8')).toBe('\ufeffLieu\r\nŁódź\r\n');
});

test('private columns of the header are left out; a formula is data for the tool, and harmless in the questions', () => {
  const report = reportOf(
    { Note: '=1+1', Lieu: 'St-Amand-les-Eaux' },
    correction({ column: 'Lieu', proposed: ['Saint-Amand-les-Eaux'] }),
  );
  const { bytes } = correctionsFile(report, {
    ...writing,
    header: ['Donateur', 'Lieu', 'Vide', 'Note'],
    left: ['donateur'],
  });
  expect(Buffer.from(bytes).toString()).toBe('Lieu;Vide;Note\r\nSaint-Amand-les-Eaux;;=1+1\r\n');
  const questions = Buffer.from(
    questionsFile([{ ...correction({ form: 'question', before: '=1+1' }), since: '' }]),
  ).toString();
  expect(questions).toContain(";'=1+1;");
});

test('a header that names a column twice, or not all of them, is never filled: only what changes is listed', () => {
  const report = reportOf(
    { Lieu: 'St-Amand-les-Eaux', Sujet: 'lin', 'Sujet (2)': 'laine' },
    correction({ column: 'Lieu', before: 'St-Amand-les-Eaux', proposed: ['Saint-Amand-les-Eaux'] }),
  );
  for (const header of [['Lieu', 'Sujet', 'Sujet'], ['Lieu', 'Sujet', ''], ['Inventaire du musée']]) {
    const { bytes } = correctionsFile(report, { ...writing, header });
    expect(Buffer.from(bytes).toString('utf8').split('\r\n')).toEqual([
      'identifiant;numéro d’inventaire;champ;ancienne valeur;nouvelle valeur',
      'A1;;Lieu;St-Amand-les-Eaux;Saint-Amand-les-Eaux',
      '',
    ]);
  }
});
