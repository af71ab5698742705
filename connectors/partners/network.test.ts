import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { WORKSPACES } from './webmuseo/workspaces.ts';

type Row = Readonly<Record<string, string>>;

const FOLDER = new URL('network/', import.meta.url);
const NAMES = readdirSync(FOLDER).filter((name) => name.endsWith('.csv'));
const textOf = (name: string): string => readFileSync(new URL(name, FOLDER), 'utf8');
const table = (name: string): Row[] => parse(textOf(name), { columns: true, delimiter: ';' });
const PLACES: Row[] = parse(
  readFileSync(new URL('../../graph-schema/vocabularies/places.csv', import.meta.url), 'utf8'),
  {
    columns: true,
  },
);
const STRUCTURES = table('structures.csv');

/** Which table the identifiers in a column belong to. */
const LINKS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'structures.csv': { 'Réseaux et clubs': 'structures', 'Dépend de': 'structures' },
  'evenements.csv': {
    Accueil: 'structures',
    Organisateurs: 'structures',
    Participants: 'structures',
    Programme: 'programmes',
  },
  'programmes.csv': { Organisateurs: 'structures', Participants: 'structures' },
  'expositions.csv': { Organisateurs: 'structures', 'Présentée à': 'structures', Programme: 'programmes' },
  'circuits.csv': { Organisateurs: 'structures', Étapes: 'etapes' },
  'etapes.csv': { Structure: 'structures' },
  'parcours.csv': { Volets: 'volets' },
  'volets.csv': { Structures: 'structures' },
  'offres.csv': { 'Proposée par': 'structures', Participants: 'structures' },
  'ressources.csv': { Éditeurs: 'structures', 'Structures concernées': 'structures' },
};

test('identifiers are unique in the whole network', () => {
  const ids = NAMES.flatMap((name) => table(name).map((row) => row['Identifiant']));
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z0-9-]+$/);
});

test('none of them is that of a trade or a place of the vocabularies', () => {
  const vocabulary = (name: string): Row[] =>
    parse(readFileSync(new URL(`../../graph-schema/vocabularies/${name}`, import.meta.url), 'utf8'), { columns: true });
  const taken = new Set([...vocabulary('trades.csv').map((row) => row['id']), ...PLACES.map((row) => row['trame'])]);
  for (const name of NAMES) for (const row of table(name)) expect(taken.has(row['Identifiant'])).toBe(false);
});

test('every identifier that a row refers to exists', () => {
  expect(Object.keys(LINKS).sort()).toEqual([...NAMES].sort());
  for (const [name, columns] of Object.entries(LINKS)) {
    for (const [column, target] of Object.entries(columns)) {
      const known = new Set(table(`${target}.csv`).map((row) => row['Identifiant']));
      for (const row of table(name)) {
        const cell = row[column];
        if (cell === undefined) throw new Error(`${name} has no column ${column}`);
        for (const id of cell.split(',').filter((text) => text !== ''))
          expect(known.has(id), `${name}: ${id}`).toBe(true);
      }
    }
  }
});

test('every holder of a workspace is a structure of the network', () => {
  const known = new Set(STRUCTURES.map((row) => row['Identifiant']));
  for (const { name, holder } of WORKSPACES) expect(known.has(holder), name).toBe(true);
});

test('every INSEE code is that of the commune that the row names, in the table of places', () => {
  const names = new Map(PLACES.filter((row) => row['insee']).map((row) => [row['insee'], row['name']]));
  const departments = new Set(PLACES.map((row) => row['insee-dep']).filter(Boolean));
  for (const name of NAMES) {
    for (const row of table(name)) {
      const code = row['Code INSEE'];
      if (code) expect(names.has(code), `${name}: ${code}`).toBe(true);
      if (code && row['Commune']) expect(names.get(code)?.replace("'", '’')).toBe(row['Commune']);
      if (row['Code département']) expect(departments.has(row['Code département'])).toBe(true);
    }
  }
});

test('every trade and every place in words means something to the vocabularies', () => {
  const resolver = createResolver();
  for (const name of NAMES) {
    for (const row of table(name)) {
      for (const word of (row['Métiers'] ?? '').split(',').filter((text) => text !== '')) {
        expect(resolver.trade(word), `${name}: ${word}`).toBeDefined();
      }
      const place = row['Lieu sans code INSEE'];
      if (place) expect(resolver.place(place), `${name}: ${place}`).toBeDefined();
    }
  }
  for (const place of new Set(WORKSPACES.flatMap(({ places }) => places))) {
    expect(resolver.place(`${place} (lieu de création)`), place).toBeDefined();
  }
});

test('no e-mail address, no telephone, no coordinate; one address, one postcode and one SIRET, all of PROSCITEC', () => {
  for (const name of NAMES) {
    expect(textOf(name)).not.toMatch(/@/);
    expect(textOf(name)).not.toMatch(/\b0[1-9](?:[ .-]?\d{2}){4}\b/);
    expect(textOf(name)).not.toMatch(/\b\d{1,2}\.\d{4,}\b/);
  }
  for (const column of ['Adresse', 'Code postal', 'SIRET', 'Site internet']) {
    expect(STRUCTURES.filter((row) => row[column]).map((row) => row['Identifiant'])).toEqual(['proscitec']);
  }
});

test('the figures of the report: 11 newcomers, 5 of them in the Club Rural; 4 pathways; 7 circuits; 5 territory meetings', () => {
  const newcomers = STRUCTURES.filter((row) => row['Membre depuis'] === '2024');
  expect(newcomers).toHaveLength(11);
  expect(newcomers.filter((row) => row['Réseaux et clubs']?.includes('club-rural'))).toHaveLength(5);
  expect(table('parcours.csv')).toHaveLength(4);
  expect(table('volets.csv').filter((row) => row['État'] === 'manquant')).toHaveLength(1);
  expect(table('circuits.csv').filter((row) => row['Nature'] === 'circuit de découverte')).toHaveLength(7);
  expect(table('evenements.csv').filter((row) => row['Nature'] === 'rencontre de territoire')).toHaveLength(5);
});
