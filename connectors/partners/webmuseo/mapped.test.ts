/** What the stand-ins say comes through the project's own formats, whatever they do badly: no record lost. */
import { expect, test } from 'vitest';
import type { Json } from '#connectors/connector.ts';
import type { Cut, FileContent, Mapping, MappingContext } from '#connectors/format.ts';
import { jocondeCsv as csvFormat } from '#connectors/formats/joconde/csv.ts';
import { jocondeText as textFormat } from '#connectors/formats/joconde/text.ts';
import { lido as lidoFormat } from '#connectors/formats/lido/lido.ts';
import { oaiDc as oaiDcFormat } from '#connectors/formats/oai-dc.ts';
import { parseXml } from '#connectors/xml-stream.ts';
import { type AnyRecord, parseRecord } from '#graph-schema/record.ts';
import { jocondeCsv, jocondeText } from './joconde.ts';
import { lido } from './lido.ts';
import { oaiDc } from './oai-dc.ts';
import { objectsOf } from './objects.ts';
import { WORKSPACES, type Workspace } from './workspaces.ts';

const BASE = 'http://127.0.0.1:4010';
/** Of each OAI-PMH workspace. TRAME_ALL_OBJECTS=1 maps them all. */
const SAMPLE = process.env['TRAME_ALL_OBJECTS'] === '1' ? Number.POSITIVE_INFINITY : 40;

const contextOf = (workspace: Workspace, id: string): MappingContext => ({
  id,
  source: { name: workspace.name, title: workspace.title, licence: 'démonstration' },
  options: undefined,
});

function checked(mapping: Mapping, context: MappingContext): AnyRecord {
  if ('rejected' in mapping)
    throw new Error(`${context.source.name} ${context.id}: ${JSON.stringify(mapping.rejected)}`);
  const parsed = parseRecord({ ...mapping.record, visibility: 'public' });
  if ('issues' in parsed) throw new Error(`${context.source.name} ${context.id}: ${JSON.stringify(parsed.issues)}`);
  return parsed.record;
}

function viaOai(workspace: Workspace): AnyRecord[] {
  const format = workspace.way === 'lido' ? lidoFormat : oaiDcFormat;
  const write = workspace.way === 'lido' ? lido : oaiDc;
  return objectsOf(workspace)
    .take(SAMPLE)
    .map((object) => {
      const header = { identifier: object.id, datestamp: object.modified, sets: ['inventaire'] };
      const row = { header, metadata: parseXml(write(BASE, workspace, object)) };
      const context = { ...contextOf(workspace, object.id), options: undefined };
      return checked(format.map(row as unknown as Json, context), context);
    })
    .toArray();
}

function cutsOf(workspace: Workspace): AsyncIterable<Cut> {
  const text = workspace.way === 'joconde-text';
  const bytes = text ? jocondeText(BASE, workspace) : jocondeCsv(BASE, workspace);
  const file: FileContent = {
    name: text ? 'joconde.txt' : 'joconde.csv',
    bytes: async function* () {
      yield new Uint8Array(bytes);
    },
  };
  const tell = () => undefined;
  return text ? textFormat.cut!(file, undefined, tell) : csvFormat.cut!(file, undefined, tell);
}

async function viaExport(workspace: Workspace): Promise<AnyRecord[]> {
  const records: AnyRecord[] = [];
  for await (const cut of cutsOf(workspace)) {
    if (cut.kind === 'rejected') throw new Error(`${workspace.name}: ${JSON.stringify(cut.finding)}`);
    const context = { ...contextOf(workspace, cut.id), options: undefined };
    const mapping =
      workspace.way === 'joconde-text' ? textFormat.map(cut.row, context) : csvFormat.map(cut.row, context);
    records.push(checked(mapping, context));
  }
  return records;
}

test.each(WORKSPACES.map((workspace) => [workspace.name, workspace] as const))('%s', async (_, workspace) => {
  const byOai = workspace.way === 'oai-dc' || workspace.way === 'lido';
  const records = byOai ? viaOai(workspace) : await viaExport(workspace);
  expect(records).toHaveLength(byOai ? Math.min(SAMPLE, workspace.objects) : workspace.objects);
  const most = (share: number, said: (record: AnyRecord) => unknown) =>
    expect(records.filter(said).length / records.length).toBeGreaterThan(share);
  for (const { fields } of records) {
    expect(fields['name']).toBeTruthy();
    expect(fields['inventoryNumber']).toBeTruthy();
    expect(JSON.stringify(fields)).not.toContain('@');
  }
  most(0.95, ({ relations }) => relations['madeIn']?.length);
  most(0.95, ({ relations }) => relations['trades']?.length);
  most(0.95, ({ relations }) => relations['techniques']?.length);
  most(0.9, ({ fields }) => (fields['date'] as { edtf?: string } | undefined)?.edtf);
  most(0.1, ({ relations }) => relations['media']?.length);
  most(0.95, ({ fields }) => fields['page']);
});
