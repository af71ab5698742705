/** A notice as unqualified Dublin Core, the way a collection tool fills it: mixed identifiers, repeated elements. */
import { escapeXml } from './escape.ts';
import { addressesOf, creditOf, type DemonstrationObject, dimensionsText, materialsOf } from './objects.ts';
import type { Workspace } from './workspaces.ts';

export const OAI_DC = {
  prefix: 'oai_dc',
  schema: 'http://www.openarchives.org/OAI/2.0/oai_dc.xsd',
  namespace: 'http://www.openarchives.org/OAI/2.0/oai_dc/',
} as const;

/** Elements and their values, in the order in which they are written. */
function valuesOf(base: string, workspace: Workspace, object: DemonstrationObject): [string, string[]][] {
  const { page, picture } = addressesOf(base, workspace, object.id);
  return [
    ['title', object.title === undefined ? [] : [object.title]],
    ['creator', object.anonymous ? ['anonyme'] : []],
    ['subject', [object.name.trade, ...object.subjects]],
    ['description', [object.description]],
    ['publisher', [workspace.title]],
    ['date', [object.date.text]],
    ['type', [object.name.name]],
    ['format', [...materialsOf(object), dimensionsText(object)]],
    ['identifier', [page, object.inventoryNumber]],
    ['source', [workspace.fault === 'adresse-de-fonction' ? 'collections@example.org' : creditOf(workspace)]],
    ['language', ['fr']],
    ['relation', object.pictured ? [picture] : []],
    ['coverage', [object.place]],
    ['rights', ['CC0 1.0']],
  ];
}

const JOINED = new Set(['subject', 'format']);

/** The `metadata` of one object, as XML. `base` is the stand-in's address. */
export function oaiDc(base: string, workspace: Workspace, object: DemonstrationObject): string {
  const elements: string[] = [];
  for (const [name, values] of valuesOf(base, workspace, object)) {
    const joined = workspace.fault === 'valeurs-jointes' && JOINED.has(name) ? [values.join(' ; ')] : values;
    for (const value of joined) {
      const text = workspace.fault === 'espaces-et-titres-absents' ? `  ${value}   ` : value;
      elements.push(`<dc:${name}>${escapeXml(text)}</dc:${name}>`);
    }
  }
  return (
    `<oai_dc:dc xmlns:oai_dc="${OAI_DC.namespace}" xmlns:dc="http://purl.org/dc/elements/1.1/" ` +
    `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${OAI_DC.namespace} ${OAI_DC.schema}">` +
    `${elements.join('')}</oai_dc:dc>`
  );
}
