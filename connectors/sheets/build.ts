/** A `map` from what each column was taken for. */
import { type KindName, kindOf, propertiesOf } from '#graph-schema/model.ts';
import { fold } from '#graph-schema/text.ts';
import type { Evidence } from './evidence.ts';
import type { Target } from './headings.ts';

/** A column, and what it is taken for. */
export interface Assigned {
  readonly column: string;
  readonly target: Target;
  readonly evidence: Evidence;
  readonly values: readonly string[];
}

export interface Built {
  readonly map: Readonly<Record<string, unknown>>;
  /** Columns for which this kind has no place, and why. */
  readonly unplaced: ReadonlyMap<string, string>;
}

type Rule = string | Readonly<Record<string, unknown>>;

/** Words of a sheet by which an enumerated value is known. Folded. */
const WORDS: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  structureType: [
    [/musee|centre d'interpretation|ecomusee|moulin/, 'museum'],
    [/entreprise|artisan|societe|atelier/, 'firm'],
    [/ecole|college|lycee|etablissement scolaire|cfa|universite/, 'school'],
    [/association/, 'association'],
    [/archives?/, 'archive'],
    [/collectionneu/, 'collector'],
    [/reseau|federation|club/, 'network'],
    [/mairie|commune|collectivite|public|departement|office/, 'public-body'],
  ],
  exhibitionType: [
    [/itinerant|oui|mobile/, 'travelling'],
    [/virtuel|en ligne|numerique/, 'virtual'],
    [/physique|sur place|temporaire|permanente|fixe|non/, 'physical'],
  ],
  status: [
    [/annul/, 'cancelled'],
    [/report/, 'postponed'],
    [/complet/, 'full'],
    [/prevu|programme|confirm|maintenu/, 'scheduled'],
  ],
  objectKind: [
    [/film|video/, 'film'],
    [/document|archive/, 'document'],
    [/oeuvre|peinture|sculpture/, 'work'],
    [/objet|outil|machine/, 'object'],
  ],
};
const MOST_PRIVATE = 100;
const MOST_WORDS = 40;
/** What a map takes (formats/table/map.ts). */
const MOST_JOINED = 20;
const MOST_RULES = 10;
const TOO_MANY = (most: number) => `${most} colonnes au plus pour un champ / columns at most for one field`;
/** Words that a sheet may use tomorrow: one that is not listed would refuse its row. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  status: ['prévu', 'confirmé', 'maintenu', 'annulé', 'reporté', 'complet'],
  exhibitionType: ['sur place', 'itinérante', 'virtuelle', 'oui', 'non'],
};

/** `year`: of the sheet, for dates that say none. */
export function buildMap(kind: KindName, assigned: readonly Assigned[], id: readonly string[], year?: number): Built {
  const builder = new Builder(kind, assigned, year);
  return builder.build(id);
}

class Builder {
  readonly #kind: KindName;
  readonly #assigned: readonly Assigned[];
  readonly #year: number | undefined;
  readonly #fields: Record<string, Rule> = {};
  readonly #identifiers: Record<string, string> = {};
  readonly #relations: Record<string, Rule[]> = {};
  readonly #unplaced = new Map<string, string>();

  constructor(kind: KindName, assigned: readonly Assigned[], year: number | undefined) {
    this.#kind = kind;
    this.#assigned = assigned;
    this.#year = year;
  }

  build(id: readonly string[]): Built {
    const dated = this.#dates();
    this.#point();
    if (this.#kind === 'Event') this.#location();
    for (const one of this.#assigned) if (!dated.has(one.target)) this.#place(one);
    const isPrivate = this.#columns('private').includes(id[0] ?? '');
    if (this.#fields['name'] === undefined && id[0] !== undefined && !isPrivate) this.#fields['name'] = id[0];
    const relations = Object.fromEntries(
      Object.entries(this.#relations).map(([name, rules]) => [name, rules.length === 1 ? rules[0] : rules]),
    );
    const secret = this.#columns('private')
      .filter((column) => !id.includes(column))
      .slice(0, MOST_PRIVATE);
    const map = {
      kind: this.#kind,
      id: id.length === 1 ? id[0] : id,
      fields: this.#fields,
      ...(Object.keys(this.#identifiers).length > 0 ? { identifiers: this.#identifiers } : {}),
      ...(Object.keys(relations).length > 0 ? { relations } : {}),
      ...(secret.length > 0 ? { private: secret } : {}),
    };
    return { map, unplaced: this.#unplaced };
  }

  #columns(...targets: readonly Target[]): readonly string[] {
    return targets.flatMap((target) =>
      this.#assigned.filter((one) => one.target === target).map(({ column }) => column),
    );
  }

  /** Begin and end, date and hours, become one field of dates. Gives the targets that are dealt with. */
  #dates(): ReadonlySet<Target> {
    const targets = new Set<Target>(['begin', 'end', 'dates', 'hours', 'beginHour', 'endHour']);
    if (this.#kind === 'Event') this.#occurrences();
    else if (this.#kind === 'Exhibition' || this.#kind === 'Programme') {
      const dates = this.#columns('dates');
      const span = [...this.#columns('begin').slice(0, 1), ...this.#columns('end').slice(0, 1)];
      const columns = dates.length > 0 ? dates.slice(0, 1) : span;
      const year = this.#year === undefined ? {} : { year: this.#year };
      const rule = joined(columns, ' au ');
      if (columns.length > 0) this.#fields['period'] = this.#year === undefined ? rule : { ...asRule(rule), ...year };
      for (const column of this.#columns(...targets))
        if (!columns.includes(column))
          this.#unplaced.set(column, `les dates sont lues dans « ${columns.join(', ')} » / the dates are read there`);
    } else {
      const names = DATE_FIELDS[this.#kind] ?? {};
      for (const target of targets) {
        const [column] = this.#columns(target);
        const name = names[target];
        if (column === undefined) continue;
        if (name !== undefined && this.#fields[name] === undefined) this.#fields[name] = column;
        else this.#unplaced.set(column, `${this.#kind} n’a pas de tel champ / has no such field`);
      }
    }
    return targets;
  }

  #occurrences(): void {
    const [dates, begin, end] = [this.#columns('dates'), this.#columns('begin'), this.#columns('end')];
    const hours = this.#columns('hours', 'beginHour', 'endHour');
    const year = this.#year === undefined ? {} : { year: this.#year };
    const single = dates.length > 0 ? dates : end.length === 0 ? begin : [];
    if (single.length > 0) {
      const rule = joined([...single, ...hours].slice(0, MOST_JOINED), ' ');
      this.#fields['occurrences'] = this.#year === undefined ? rule : { ...asRule(rule), ...year };
      for (const column of dates.length > 0 ? [...begin, ...end] : [])
        this.#unplaced.set(column, `les dates sont lues dans « ${dates[0]} » / the dates are read in that column`);
    } else if (begin.length > 0) {
      this.#fields['occurrences'] = { columns: [...begin, ...end].slice(0, MOST_JOINED), join: ' au ', ...year };
      for (const column of hours)
        this.#unplaced.set(
          column,
          'une heure à part, avec un début et une fin : mettez-la dans la cellule de la date / put the hour in the cell of the date',
        );
    } else
      for (const column of [...end, ...hours]) this.#unplaced.set(column, 'sans date de début / without a first date');
  }

  #point(): void {
    const [latitude] = this.#columns('latitude');
    const [longitude] = this.#columns('longitude');
    if (!('point' in propertiesOf(this.#kind))) return;
    const [both] = this.#columns('point');
    if (latitude !== undefined && longitude !== undefined)
      this.#fields['point'] = { latitude, longitude, precision: 'site' };
    else if (both !== undefined) this.#fields['point'] = { column: both, order: 'lat-lon', precision: 'site' };
  }

  #location(): void {
    const columns = this.#columns('location', 'address', 'postcode', 'place').slice(0, MOST_JOINED);
    if (this.#columns('location', 'address', 'postcode').length > 0) this.#fields['location'] = joined(columns, ', ');
  }

  #place({ column, target, evidence, values }: Assigned): void {
    if (['id', 'private', '-', 'visible', 'type', 'latitude', 'longitude', 'point'].includes(target)) return;
    if (this.#kind === 'Event' && ['location', 'address', 'postcode'].includes(target)) return;
    const [name = '', scheme] = target.split(':');
    if (kindOf(this.#kind).strong.includes(target)) {
      if (this.#identifiers[target] === undefined) this.#identifiers[target] = column;
      else this.#unplaced.set(column, `« ${target} » est lu dans une autre colonne / is read in another column`);
      return;
    }
    const property = propertiesOf(this.#kind)[name];
    const relation = kindOf(this.#kind).relations[name];
    if (property) this.#field(name, column, property.type === 'strings' ? splitOf(values) : undefined, values);
    else if (relation?.to === 'Media' && evidence.look !== 'picture' && evidence.look !== 'url')
      this.#unplaced.set(column, 'une image se lie par son adresse web / a picture is linked by its web address');
    else if (relation && scheme !== undefined) this.#relate(name, column, { column, identifier: scheme });
    else if (relation && (relation.words || relation.to === 'Media'))
      this.#relate(name, column, withSplit(column, splitOf(values)));
    else if (relation)
      this.#unplaced.set(
        column,
        `cette relation demande un identifiant : --set "${column}=${name}:siret" / this relation needs an identifier`,
      );
    else this.#unplaced.set(column, `${this.#kind} n’a pas de tel champ / has no such field`);
  }

  #field(name: string, column: string, split: string | undefined, values: readonly string[]): void {
    const property = propertiesOf(this.#kind)[name];
    const there = this.#fields[name];
    if (there !== undefined) {
      const joinedNow = columnsIn(there);
      if (name !== 'description' && name !== 'conditions')
        this.#unplaced.set(column, `« ${name} » est lu dans une autre colonne / is read in another column`);
      else if (joinedNow.length >= MOST_JOINED) this.#unplaced.set(column, TOO_MANY(MOST_JOINED));
      else this.#fields[name] = joined([...joinedNow, column], '\n');
      return;
    }
    if (!property?.values) {
      this.#fields[name] = withSplit(column, split);
      return;
    }
    const list = listOf(name, values, property.values);
    if (list) this.#fields[name] = { column, ...list };
    else this.#unplaced.set(column, `mots inconnus pour « ${name} » (${property.values.join(', ')}) / unknown words`);
  }

  #relate(name: string, column: string, rule: Rule): void {
    const there = this.#relations[name] ?? [];
    if (there.length >= MOST_RULES) this.#unplaced.set(column, TOO_MANY(MOST_RULES));
    else this.#relations[name] = [...there, rule];
  }
}

const DATE_FIELDS: { readonly [K in KindName]?: Readonly<Record<Target, string>> } = {
  Offer: { begin: 'validFrom', end: 'validTo' },
  Resource: { dates: 'issued' },
  HeritageObject: { dates: 'date' },
  Route: { dates: 'day' },
  Structure: { hours: 'openingHours' },
};

const asRule = (rule: Rule): Readonly<Record<string, unknown>> => (typeof rule === 'string' ? { column: rule } : rule);
const joined = (columns: readonly string[], join: string): Rule =>
  columns.length === 1 && columns[0] !== undefined ? columns[0] : { columns, join };
const withSplit = (column: string, split: string | undefined): Rule =>
  split === undefined ? column : { column, split };

function columnsIn(rule: Rule): readonly string[] {
  if (typeof rule === 'string') return [rule];
  const { column, columns } = rule as { column?: string; columns?: readonly string[] };
  return columns ?? (column === undefined ? [] : [column]);
}

/** What separates the values of a cell, where some of them hold several. */
function splitOf(values: readonly string[]): string | undefined {
  return ['|', ';', '\n', ' / ', ','].find(
    (separator) => values.filter((value) => value.includes(separator)).length * 10 > values.length,
  );
}

/** The words of the column, each with the value that it means; undefined where one is not known and no `other` takes it. */
function listOf(
  name: string,
  values: readonly string[],
  allowed: readonly string[],
): Readonly<Record<string, unknown>> | undefined {
  const list: Record<string, string> = {};
  let unknown = 0;
  const seen = values.map((one) => one.trim()).filter((one) => one !== '');
  if (seen.length === 0) return undefined;
  for (const value of new Set([...seen, ...(USUAL[name] ?? [])])) {
    if (Object.keys(list).some((one) => fold(one) === fold(value))) continue;
    const folded = fold(value);
    const found = allowed.find((one) => one === folded) ?? WORDS[name]?.find(([pattern]) => pattern.test(folded))?.[1];
    if (found === undefined) unknown += 1;
    else list[value] = found;
  }
  const other = allowed.includes('other') ? { otherwise: 'other' } : {};
  if (!seen.some((one) => Object.hasOwn(list, one)) || Object.keys(list).length > MOST_WORDS) return undefined;
  return unknown > 0 && !('otherwise' in other) ? undefined : { values: list, ...other };
}
