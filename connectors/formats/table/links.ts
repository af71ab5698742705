/** The links of one relation of a row, by one of its rules. */

import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import { type KindName, kindOf } from '#graph-schema/model.ts';
import type { Identifier, Link } from '#graph-schema/record.ts';
import type { Relation } from '#graph-schema/relation.ts';
import type { TableRow } from '../reading/rows.ts';
import { mediaLinks } from '../shared/objects.ts';
import { siretIdentifiers } from '../shared/siret.ts';
import { codeMeant } from './codes.ts';
import { cellOf, partsOf, rowWithZeros, unread } from './fields.ts';
import { type LinkRule, PREFIXED } from './map.ts';
import { readUri } from './values.ts';

/** What the cell names: identifiers, words, or the addresses of pictures. What cannot be read is left out with a note. */
export function linksOf(
  row: TableRow,
  rule: LinkRule,
  relation: Relation,
  name: string,
  notes: Finding[],
): readonly Link[] {
  const text = cellOf(rowWithZeros(row, rule, notes), rule);
  if (text === undefined) return [];
  const parts = partsOf(text, rule.split);
  if (relation.to === 'Media') return pictures(row, rule, parts, name, notes);
  return parts.flatMap((part, index): readonly Link[] => {
    const facts = factsOf(row, rule, parts.length, index);
    const more = {
      ...(rule.how === undefined ? {} : { how: rule.how }),
      ...(rule.confidence === undefined ? {} : { confidence: rule.confidence }),
      ...(Object.keys(facts).length === 0 ? {} : { facts }),
    };
    if (rule.identifier === undefined) return [{ text: part, ...more }];
    const identifier = identifierOf(part, rule.identifier, rule, relation, notes);
    return identifier === undefined ? [] : [{ identifier, ...more }];
  });
}

function identifierOf(
  part: string,
  scheme: string,
  rule: LinkRule,
  relation: Relation,
  notes: Finding[],
): Identifier | undefined {
  if (scheme === PREFIXED) return prefixed(part, rule, relation, notes);
  const where = rule.column ?? '';
  if (scheme === 'siret') return siretIdentifiers(part, where, notes)[0];
  const meant = scheme === 'insee' ? codeMeant('insee', part) : undefined;
  if (meant !== undefined) notes.push(finding('table-zero-put-back', { value: part, where, became: meant }));
  return { scheme, value: meant ?? part };
}

/** `rome:B1803`: the scheme, one by which the target is known, then its value. */
function prefixed(part: string, rule: LinkRule, relation: Relation, notes: Finding[]): Identifier | undefined {
  const schemes = kindOf(relation.to as KindName).strong;
  const [, scheme, value] = /^([^:]+?)\s*:\s*(.+)$/.exec(part) ?? [];
  const known = schemes.find((one) => one === scheme?.toLowerCase());
  if (known !== undefined && value !== undefined) return { scheme: known, value };
  notes.push(unread(part, rule, `schéma:valeur, le schéma étant ${schemes.join(' ou ')}`));
  return undefined;
}

/** A fact's cell with as many parts as the relation's is read part by part; else it holds for all of them. */
function factsOf(row: TableRow, rule: LinkRule, count: number, index: number): Readonly<Record<string, string>> {
  const facts = Object.entries(rule.facts ?? {}).flatMap(([fact, column]) => {
    const text = cellOf(row, { column });
    if (text === undefined) return [];
    // Empty parts keep their place here: the third date belongs to the third club.
    const parts = rule.split === undefined ? [text] : text.split(rule.split).map((part) => part.trim());
    const value = parts.length === count ? parts[index] : text;
    return value === undefined || value === '' ? [] : [[fact, value] as const];
  });
  return Object.fromEntries(facts);
}

function pictures(
  row: TableRow,
  rule: LinkRule,
  parts: readonly string[],
  name: string,
  notes: Finding[],
): readonly Link[] {
  const column = (named: string | undefined) => (named === undefined ? undefined : cellOf(row, { column: named }));
  const said = { rights: column(rule.rights), credit: column(rule.credit), title: column(rule.title) };
  const found = parts.flatMap((part) => {
    const url = readUri(part);
    if (url !== undefined) return [{ url, ...said }];
    notes.push(
      finding('format-value-unread', {
        value: part.slice(0, 100),
        where: rule.column ?? '',
        expected: 'une adresse http:// ou https://',
      }),
    );
    return [];
  });
  return mediaLinks(found, name);
}
