/**
 * Writes the source files of the 34 stand-in workspaces: `node connectors/partners/webmuseo/make-sources.ts`.
 * A test holds the committed files to what this gives.
 */
import { writeFileSync } from 'node:fs';
import { ONLINE_FIELD } from './joconde.ts';
import { WORKSPACES, type Workspace } from './workspaces.ts';

const FOLDER = new URL('../../sources/', import.meta.url);
const ADDRESS = `\${TRAME_PARTNERS:-http://127.0.0.1:4010}/webmuseo`;

/** How each way is asked for, and how it says what may be seen. */
function harvest(workspace: Workspace): readonly string[] {
  const { name, way } = workspace;
  if (way === 'oai-dc' || way === 'lido') {
    const prefix = way === 'lido' ? 'lido' : 'oai_dc';
    return [
      'protocol: oai-pmh',
      `options: { url: "${ADDRESS}/${name}/oai", metadataPrefix: ${prefix}, set: inventaire }`,
      `format: ${way}`,
      'visibility: { set: online }',
    ];
  }
  const extension = way === 'joconde-text' ? 'txt' : 'csv';
  return [
    'protocol: files',
    `options: { url: "${ADDRESS}/${name}/export/joconde.${extension}" }`,
    `format: ${way}`,
    `visibility: { field: ${ONLINE_FIELD}, values: [oui] }`,
  ];
}

/** The name and the text of a workspace's source file. Minutes are spread so that the partners are not all asked at once. */
export function sourceFile(workspace: Workspace, rank: number): { name: string; text: string } {
  const name = `webmuseo-${workspace.name}`;
  const lines = [
    `# Written by connectors/partners/webmuseo/make-sources.ts: change workspaces.csv and run it again.`,
    `name: ${name}`,
    `title: "WebMuseo – ${workspace.title} (démonstration)"`,
    `owner: "${workspace.title} : collection engendrée pour la démonstration"`,
    'licence: démonstration',
    'contact: collections@example.org',
    'agreement: { date: 2026-11-22, scope: "notices et images engendrées pour la démonstration" }',
    ...harvest(workspace),
    `schedule: "${(rank * 7) % 60} 3 * * *"`,
    'allowPrivate: true',
    'rank: 50',
    'defaults:',
    '  fields: { demonstration: true }',
    `  relations: { heldBy: [ { identifier: { scheme: trame, value: ${workspace.holder} } } ] }`,
    'after: [lieux, metiers, notions, reseau-structures]',
  ];
  return { name: `${name}.yaml`, text: `${lines.join('\n')}\n` };
}

export function allSourceFiles(): readonly { name: string; text: string }[] {
  return WORKSPACES.map(sourceFile);
}

if (import.meta.main) {
  for (const { name, text } of allSourceFiles()) writeFileSync(new URL(name, FOLDER), text);
}
