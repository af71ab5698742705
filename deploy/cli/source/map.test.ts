/** `trame source map` and `template` through the real command. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cutTable } from '#connectors/formats/reading/rows.ts';
import { fileOf } from '#connectors/formats/reading/testing.ts';
import { isTemplate, TEMPLATES, templatePath, templateWorkbook } from '#connectors/sheets/templates.ts';
import { parseRecord } from '#graph-schema/record.ts';
import { contextFor } from '#harvesters/context.ts';
import { readSource } from '#harvesters/sources.ts';
import { type MapOptions, mapSheet } from './map.ts';
import { fileName, saveSource } from './map-file.ts';
import { mapPage } from './map-page.ts';

const CLI = join(import.meta.dirname, '..', 'trame.js');
const run = promisify(execFile);
const SHEET = [
  'Programme 2024 (exemple);;;;;',
  'Manifestation;Date;Horaires;Commune;Prix;Courriel',
  'Fête (exemple);samedi 11 et dimanche 12 mai;14h-18h;Lille;gratuit;a@fete.example',
  'Salon (exemple);du 14 au 16 juin;;Arras;3/5 €;b@salon.example',
].join('\n');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trame-map-'));
  await writeFile(join(folder, 'agenda.csv'), SHEET);
});
afterAll(() => rm(folder, { recursive: true }));

async function trame(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { ...process.env, TRAME_SOURCES: folder, TRAME_HOME: folder };
  try {
    const { stdout, stderr } = await run(process.execPath, [CLI, 'source', ...words], {
      env,
      cwd: folder,
      timeout: 20_000,
    });
    return { code: 0, out: stdout, err: stderr };
  } catch (fault) {
    const { code, stdout, stderr } = fault as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

const sheetOf = (options: Partial<MapOptions>) =>
  mapSheet(join(folder, 'agenda.csv'), { set: [], ...options }, folder, AbortSignal.timeout(10_000));

describe('map', { timeout: 40_000 }, () => {
  const mapped = async (name: string, lines: readonly string[], options: Partial<MapOptions> = {}) => {
    await writeFile(join(folder, name), lines.join('\n'));
    return mapSheet(join(folder, name), { set: [], ...options }, folder, AbortSignal.timeout(10_000));
  };

  test('proposes, writes nothing, shows no e-mail address', async () => {
    const { code, out } = await trame('map', 'agenda.csv');
    expect(code).toBe(0);
    expect(out).toContain('Event');
    expect(out).toContain('year: 2024');
    expect(out).toContain('2024-05-11T14:00:00+02:00');
    expect(out).toContain('Qui peut voir ces notices ? Pour l’instant personne');
    expect(out).not.toContain('@fete.example');
  });

  test('saves what the volunteer corrected; never over a file that is there', async () => {
    const words = [
      'map',
      'agenda.csv',
      '--set',
      'Prix=-',
      '--visibility',
      'everything',
      '--licence',
      'Licence Ouverte 2.0',
    ];
    const saved = await trame(...words, '--contact', 'https://fete.example', '--save', 'mon-agenda');
    expect(saved).toMatchObject({ code: 0 });
    const source = await readSource(join(folder, 'mon-agenda.yaml'));
    if ('findings' in source) throw new Error(JSON.stringify(source.findings));
    expect(source.source.about).toMatchObject({
      visibility: 'everything',
      trial: false,
      options: { path: 'agenda.csv' },
    });
    expect(JSON.stringify(source.source.formatOptions)).not.toContain('Prix');
    const again = await sheetOf({});
    await expect(saveSource(again, 'mon-agenda', folder, false)).rejects.toThrow('--force');
    await expect(saveSource(again, 'Mon Agenda', folder, true)).rejects.toThrow('minuscules');
    expect(await readFile(join(folder, 'mon-agenda.yaml'), 'utf8')).toContain('Licence Ouverte 2.0');
  });

  test('a wrong column, field or kind is told with what there is; so is a file that is not there', async () => {
    await expect(sheetOf({ set: ['Rien=name'] })).rejects.toThrow('Manifestation');
    await expect(sheetOf({ set: ['Prix=salaire'] })).rejects.toThrow('occurrences');
    await expect(sheetOf({ kind: 'Musée' })).rejects.toThrow('Structure');
    await expect(sheetOf({ visibility: 'parfois' })).rejects.toThrow('everything');
    expect((await trame('map', 'absent.csv')).err).toContain('absent.csv');
  });

  test('labels are French first; what was set aside is advised no more; the title of the sheet is that of the source', async () => {
    const before = mapPage(await sheetOf({}));
    const after = mapPage(await sheetOf({ set: ['Prix=-'] }));
    expect(before).toContain('nom [name]');
    expect(before).toContain('événement [Event]');
    expect(before).toContain('chaque nuit à 3 h');
    expect(after).not.toMatch(/non repris[^\n]*Prix/);
    expect((await sheetOf({})).yaml).toContain('title: Programme 2024 (exemple)');
    expect((await sheetOf({ title: 'Autre' })).yaml).toContain('title: Autre');
  });

  test('a second name beside telephones is a person’s: private, and neither shown nor advised', async () => {
    const lines = ['Structure;;Contact;;', 'Nom;Commune;Nom;Tél;Mail', 'Moulin (exemple);Lille;Personne;;a@b.example'];
    await writeFile(join(folder, 'groupes.csv'), lines.join('\n'));
    const sheet = await mapSheet(join(folder, 'groupes.csv'), { set: [] }, folder, AbortSignal.timeout(10_000));
    expect(sheet.proposal.columns.find(({ column }) => column === 'Contact Nom')?.target).toBe('private');
    expect(mapPage(sheet)).not.toContain('Personne');
    expect(sheet.yaml).toContain('title: groupes.csv');
    const again = await mapped('groupes.csv', lines, { set: ['commune=-'], visibility: 'Commune=oui' });
    expect(again.yaml).toContain('field: Structure Commune');
    await expect(mapped('groupes.csv', lines, { set: ['Nom=-'] })).rejects.toThrow('Contact Nom');
  });

  test('the words that show and hide are said, and all that mean yes are proposed', async () => {
    const lines = ['Nom;En ligne ?', 'A;oui', 'B;x', 'C;non', 'D;'];
    expect(mapPage(await mapped('visibles.csv', lines))).toContain('--visibility "En ligne ?=oui,x"');
    const page = mapPage(await mapped('visibles.csv', lines, { visibility: 'En ligne ?=oui' }));
    expect(page).toMatch(/hides, in the rows looked at : x, non, \(vide/);
  });

  test('a heading with a person in it is not shown, in words or for a program; it is read all the same', async () => {
    const heading = 'Visite guidée (s’adresser à Mme Exemple, 06 00 00 00 00)';
    const sheet = await mapped('visites.csv', [`Nom;${heading};Courriel`, 'Moulin (exemple);le dimanche;a@b.example']);
    expect(sheet.sample.columns).toContain(heading);
    expect(mapPage(sheet)).not.toMatch(/Mme|06 00|a@b/);
    const { out } = await trame('map', 'visites.csv', '--json', '--set', 'Courriel=id');
    expect(out).not.toMatch(/Mme|06 00|a@b/);
    expect(JSON.parse(out).records).toHaveLength(1);
  });

  test('a per cent sign in a name is no escape; nor does a bad escape of an address break anything', async () => {
    expect((await mapped('tarifs 50% 2024.csv', ['Nom;Tarif', 'Moulin (exemple);3 €'])).yaml).toContain('50% 2024.csv');
    expect(fileName('https://musee.example/mus%E9es.csv?x=1')).toBe('mus%E9es.csv');
    expect(fileName('https://musee.example/mus%C3%A9es.csv')).toBe('musées.csv');
  });

  test('a source file that fails its check does not stay, nor replace the one that was there', async () => {
    const sheet = await mapped('essai.csv', ['Nom;Tarif', 'Moulin (exemple);3 €']);
    const wrong = { ...sheet, yaml: sheet.yaml.replace('kind: Structure', 'kind: Rien') };
    await expect(saveSource(wrong, 'essai', folder, false)).rejects.toThrow('genre');
    await saveSource(sheet, 'essai', folder, false);
    await expect(saveSource(wrong, 'essai', folder, true)).rejects.toThrow('genre');
    expect(await readFile(join(folder, 'essai.yaml'), 'utf8')).toBe(sheet.yaml);
  });

  test('offers that nobody offers are told', async () => {
    const lines = ['Visite;Niveaux;Durée', 'Visite (exemple);CM1;1h'];
    expect(mapPage(await mapped('offres.csv', lines))).toContain('offeredBy');
  });

  test('who may see it may be said by a column', async () => {
    const { yaml, missing } = await sheetOf({ visibility: 'prix=gratuit,offert' });
    expect(yaml).toContain('field: Prix');
    expect(yaml).toContain('trial: true');
    expect(missing).toEqual(['licence', 'contact']);
  });
});

describe('by address', () => {
  test('the sheet is fetched; a local machine only where that is said; the address stands in the source file', async () => {
    const server = createServer((_, answer) => void answer.setHeader('content-type', 'text/csv').end(SHEET));
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/agenda.csv`;
    const signal = AbortSignal.timeout(10_000);
    try {
      const { proposal, yaml } = await mapSheet(url, { set: [], allowPrivate: true }, folder, signal);
      expect(proposal.kind).toBe('Event');
      expect(yaml).toContain(url);
      await expect(mapSheet(url, { set: [] }, folder, signal)).rejects.toThrow('127.0.0.1');
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe('template', { timeout: 40_000 }, () => {
  test('writes CSV, workbook and source file; not over what is there', async () => {
    const wanted = ['template', 'agenda', '--xlsx', 'a.xlsx', '--csv', 'a.csv', '--yaml', 'a.yaml'];
    expect((await trame(...wanted)).code).toBe(0);
    expect((await trame(...wanted)).err).toContain('--force');
    expect(await readFile(join(folder, 'a.yaml'), 'utf8')).toContain('path: "a.xlsx"');
    expect((await trame('check', 'a.yaml')).out).not.toContain('agenda.csv');
  });

  test.each(Object.keys(TEMPLATES))('%s is harvested through its own source file', async (name) => {
    if (!isTemplate(name)) throw new Error(name);
    const read = await readSource(templatePath(name, 'yaml'));
    if ('findings' in read) throw new Error(JSON.stringify(read.findings));
    const { source } = read;
    const told: unknown[] = [];
    const context = contextFor(source, AbortSignal.timeout(10_000), (found) => void told.push(found));
    const records: unknown[] = [];
    try {
      for await (const message of source.connector.read(source.options, context)) {
        if (message.kind === 'rejected') told.push(message.finding);
        if (message.kind !== 'record') continue;
        const about = { name: source.name, title: source.about.title, licence: source.about.licence };
        const mapped = source.format.map(message.row, { id: message.id, source: about, options: source.formatOptions });
        if ('rejected' in mapped) throw new Error(JSON.stringify(mapped.rejected));
        expect(mapped.notes ?? []).toEqual([]);
        const parsed = parseRecord({ ...mapped.record, visibility: 'hidden' });
        expect('issues' in parsed ? parsed.issues : []).toEqual([]);
        records.push(message.row);
      }
    } finally {
      await context.close();
    }
    expect(told).toEqual([]);
    expect(records).toHaveLength(1);
    expect(source.about.trial).toBe(true);
    expect(source.visibility).toEqual(name === 'adherents' ? 'nothing' : { field: 'Publiable', values: ['oui'] });
    const first = Object.keys(records[0] as object)[0] ?? '';
    const workbook = fileOf(await templateWorkbook(name), `${name}.xlsx`, undefined, 65_536);
    const needs = { wanted: [], required: [], id: [first] };
    const cuts = await Array.fromAsync(cutTable(workbook, needs, () => {}));
    expect(cuts.map((cut) => ('row' in cut ? cut.row : undefined))).toEqual(records);
  });
});
