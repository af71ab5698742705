/**
 * Demonstration firms, in communes that the report names. None exists: SIREN are not attributed from 000 000 01x on; their check digits are right, so
 * that they are read as real ones are, but where a wrong one is wanted. A firm stands at its commune's own point, without a street.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { COMMUNES } from '../demonstration/communes.ts';
import { seededRandom } from '../webmuseo/random.ts';

/** Activities of the region's heritage, each in the vocabulary's table of NAF. */
const ACTIVITIES = [
  ['13.20Z', 'Tissage'],
  ['13.10Z', 'Filature'],
  ['13.99Z', 'Dentelle et broderie'],
  ['15.20Z', 'Chaussures'],
  ['15.12Z', 'Maroquinerie'],
  ['10.82Z', 'Confiserie'],
  ['11.05Z', 'Brasserie'],
  ['10.61A', 'Meunerie'],
] as const;

export interface Seat {
  readonly insee: string;
  readonly department: string;
  readonly name: string;
  readonly postcode: string;
  readonly latitude: string;
  readonly longitude: string;
}

type Row = Readonly<Record<string, string>>;

/** The communes of Hauts-de-France among those that the report names. */
const SEATS: readonly Seat[] = seats();

function seats(): readonly Seat[] {
  const places = new URL('../../../graph-schema/vocabularies/places.csv', import.meta.url);
  const rows = parse(readFileSync(places, 'utf8'), { columns: true }) as Row[];
  const byCode = new Map(rows.map((row) => [row['insee'] ?? '', row]));
  return COMMUNES.flatMap(({ insee, name }): readonly Seat[] => {
    const { latitude = '', longitude = '', postcodes = '' } = byCode.get(insee) ?? {};
    const department = insee.slice(0, 2);
    if (latitude === '' || !['02', '59', '60', '62', '80'].includes(department)) return [];
    return [{ insee, department, name, postcode: postcodes.split(';')[0] ?? '', latitude, longitude }];
  });
}

/** What makes a firm special, by its rank: the twentieth and so on. */
export type Special =
  | 'secret'
  | 'secret-seat'
  | 'ceased'
  | 'person'
  | 'heritage'
  | 'wrong-siret'
  | 'school'
  | 'association';
const SPECIAL: Readonly<Record<number, Special>> = {
  2: 'heritage',
  4: 'secret',
  6: 'ceased',
  8: 'person',
  10: 'wrong-siret',
  12: 'school',
  14: 'association',
  16: 'secret-seat',
  18: 'heritage',
};

export interface Firm {
  readonly siren: string;
  readonly siret: string;
  readonly name: string;
  readonly activity: string;
  readonly seat: Seat;
  /** Departments in which it has an establishment, its seat's first. */
  readonly departments: readonly string[];
  readonly special: Special | undefined;
}

/** The firm of a rank from 0. */
export function firmAt(rank: number): Firm {
  const random = seededRandom(`firm ${rank}`);
  const seat = SEATS[rank % SEATS.length] as Seat;
  const [activity, trade] = random.pick(ACTIVITIES);
  const special = SPECIAL[rank % 20];
  const siren = withCheck(`000${String(rank + 1).padStart(5, '0')}`);
  const siret = withCheck(`${siren}0001`);
  const wrong = `${siret.slice(0, -1)}${(Number(siret.at(-1)) + 1) % 10}`;
  const second = rank % 7 === 3 && seat.department !== '59' ? ['59'] : [];
  return {
    siren,
    siret: special === 'wrong-siret' ? wrong : siret,
    name:
      special === 'person'
        ? `PERSONNE D’EXEMPLE ${rank + 1}`
        : `${trade.toUpperCase()} D’EXEMPLE ${rank + 1} (DÉMONSTRATION)`,
    activity,
    seat,
    departments: [seat.department, ...second],
    special,
  };
}

/** The digits and, behind them, the one that makes Luhn's sum a multiple of ten. */
export function withCheck(digits: string): string {
  const sum = [...digits].toReversed().reduce((total, digit, at) => {
    const doubled = at % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
