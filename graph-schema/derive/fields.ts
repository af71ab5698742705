/** What a source may say, as a guide for those who write source files: derived from the model. Pure. */
import { COMMON, KINDS, type KindName, kindOf } from '../model.ts';
import type { Property } from '../property.ts';
import type { Relation } from '../relation.ts';

const TYPES: { readonly [T in Property['type']]: string } = {
  string: 'texte',
  strings: 'textes (`split`)',
  integer: 'nombre entier',
  boolean: 'oui / non',
  uri: 'adresse http(s)',
  instant: 'jour ou instant',
  day: 'jour',
  when: 'date de musée (« vers 1853 »)',
  point: 'position (`latitude`, `longitude`, `precision`)',
  intervals: 'dates début/fin (`split`)',
  price: 'tarif (« 3,50 € », « gratuit »)',
  cues: 'transcription WebVTT ou SRT',
};

/** Markdown, French; docs/fields.md is held to it by a test. */
export function fieldsGuide(): string {
  const common = [`## Toutes les sortes / every kind\n\n${tableOf(propertyRows(COMMON))}`];
  return `# Champs et relations / fields and relations

Ce que \`map\` peut dire de chaque sorte (\`kind\`). Écrit d’après \`graph-schema/model.ts\` : \`npx vitest run graph-schema/derive -u\` le renouvelle.
*What \`map\` may say of every kind; derived from the model.*

${[...common, ...KINDS.map(kindGuide)].join('\n\n')}
`;
}

function kindGuide(name: KindName): string {
  const { fr, en, strong, properties, relations } = kindOf(name);
  const same =
    strong.length > 0
      ? `Même chose par l’un de ces identifiants : ${strong.map((one) => `\`${one}\``).join(', ')}.`
      : 'Une notice, une chose.';
  return `## ${name}\n\n${ended(fr)} *${ended(en)}* ${same}\n\n${tableOf([...propertyRows(properties), ...relationRows(relations)])}`;
}

function ended(sentence: string): string {
  return sentence.endsWith('…') ? sentence : `${sentence}.`;
}

function propertyRows(properties: Readonly<Record<string, Property>>): string[][] {
  return Object.entries(properties).map(([name, { type, fr, en, values }]) => [
    `\`${name}\``,
    values ? values.map((one) => `\`${one}\``).join(' · ') : TYPES[type],
    fr,
    en,
  ]);
}

function relationRows(relations: Readonly<Record<string, Relation>>): string[][] {
  return Object.entries(relations).map(([name, { to, cardinality, words, fr, en }]) => [
    `\`${name}\``,
    `→ ${to}${cardinality === 'many' ? ' (plusieurs)' : ''}${words ? ', identifiant ou mots' : ''}`,
    fr,
    en,
  ]);
}

function tableOf(rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '(rien de plus / nothing more)';
  return [
    '| nom | ce que c’est | français | English |',
    '|---|---|---|---|',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
}
