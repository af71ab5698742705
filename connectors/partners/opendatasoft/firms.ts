/**
 * Living-heritage firms of the demonstration, with the labels of the columns of data.economie.gouv.fr. None exists: each says so in its name. They have no
 * SIRET and no coordinates; the activities are codes of the NAF that stand in the project's tables.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { seededRandom } from '../webmuseo/random.ts';
import type { Row } from './query.ts';

const CONCEPTS = new URL('../../../graph-schema/vocabularies/concepts.csv', import.meta.url);
const UNIVERS = ['Décoration', 'Équipements professionnels', 'Gastronomie', 'Mode et beauté', 'Patrimoine bâti'];

interface Activity {
  readonly code: string;
  readonly label: string;
}

/** Manufacture alone: divisions 10 to 33. */
const MANUFACTURES: readonly Activity[] = (
  parse(readFileSync(CONCEPTS, 'utf8'), { columns: true }) as Readonly<Record<string, string>>[]
)
  .map((row) => ({ code: row['naf'] ?? '', label: row['label'] ?? '' }))
  .filter(({ code }) => /^(1\d|2\d|3[0-3])\.\d\d[A-Z]$/.test(code));

/** By the columns' labels, as the CSV export writes them. */
export function firms(count: number): readonly Row[] {
  return Array.from({ length: count }, (_, index) => firm(index + 1));
}

function firm(rank: number): Row {
  const random = seededRandom(`firm ${rank}`);
  const { code, label } = random.pick(MANUFACTURES);
  const begin = random.int(2012, 2023);
  return {
    'Raison sociale': `Entreprise de démonstration n° ${rank}`,
    SIRET: null,
    'Code NAF': code,
    'Libellé NAF': label,
    Région: 'Hauts-de-France',
    'Date de labellisation': `${begin}-03-01`,
    'Date de fin de labellisation': `${begin + 5}-03-01`,
    Univers: random.pick(UNIVERS),
    geolocetablissement: null,
  };
}

/** By the names of the fields, as the API writes them. */
export function firmRecords(count: number): readonly Row[] {
  return firms(count).map((row) =>
    Object.fromEntries(Object.entries(row).map(([column, value]) => [fieldNameOf(column), value])),
  );
}

function fieldNameOf(column: string): string {
  return column
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll(' ', '_');
}
