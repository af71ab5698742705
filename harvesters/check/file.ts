/**
 * A source file read for a steward who is writing it: every problem at once, and, where what is broken does not stand in the way, the source all
 * the same, so that its address and first page can be looked at in the same go.
 */
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { connectorFor, FORMATS, PROTOCOLS } from '#connectors/registry.ts';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import { EXAMPLES, type SourceFile, sourceFileSchema } from '../source-file.ts';
import { checkYaml, readYaml, type YamlFile } from '../source-yaml.ts';
import { findSource, type Source } from '../sources.ts';

export interface ReadFile {
  /** The file's path; the name as it was given where there is none. */
  readonly file: string;
  /** What is wrong in the file; empty where it can be harvested as it is. */
  readonly findings: readonly Finding[];
  /** The source: as it is, or as far as it can be tried in spite of the findings. */
  readonly source: Source | undefined;
}

/** A source by its name in the folder, or by the path of its file. Never throws for what is written in it. */
export async function readForCheck(
  nameOrFile: string,
  folder: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<ReadFile> {
  const found = await findSource(nameOrFile, folder, environment);
  if ('source' in found) return { file: found.source.file, findings: [], source: found.source };
  const candidates = /\.ya?ml$/.test(nameOrFile)
    ? [nameOrFile]
    : [join(folder, `${nameOrFile}.yaml`), join(folder, `${nameOrFile}.yml`)];
  for (const candidate of candidates) {
    const text = await readFile(candidate, 'utf8').catch(() => undefined);
    const read = text === undefined ? undefined : readYaml(basename(candidate), text, environment);
    if (read === undefined || 'findings' in read) continue;
    const tried = await tryOut(resolve(candidate), read.yaml);
    return { file: candidate, findings: distinct([...found.findings, ...tried.findings]), source: tried.source };
  }
  return { file: nameOrFile, findings: found.findings, source: undefined };
}

/** The first of those that speak of the same place. */
function distinct(findings: readonly Finding[]): Finding[] {
  const places = new Map<string, Finding>();
  for (const found of findings) {
    const { line, path = '' } = found.particulars;
    const place = `${found.code} ${line} ${path}`;
    if (!places.has(place)) places.set(place, found);
  }
  return [...places.values()];
}

/** Stands in for what is missing or wrong, and matters to people only: nothing of it is stored. */
const STAND_INS: Readonly<Record<string, unknown>> = {
  name: 'sans-nom',
  title: '(sans titre)',
  licence: '?',
  contact: '?',
};

/** What else is wrong beside the keys that the schema refuses: format, protocol, map, options. With it the source, where it can be made. */
async function tryOut(file: string, yaml: YamlFile): Promise<{ findings: readonly Finding[]; source?: Source }> {
  const about = aboutWithout(yaml);
  if (about === undefined) return { findings: [] };
  const findings: Finding[] = [];
  const formatName = about.format ?? (about.map === undefined ? '' : 'table');
  const format = Object.hasOwn(FORMATS, formatName) ? FORMATS[formatName] : undefined;
  if (format === undefined)
    findings.push(wrong(yaml, ['format'], 'ce format manque, ou n’est pas connu', Object.keys(FORMATS)));
  if (!PROTOCOLS.includes(about.protocol))
    findings.push(wrong(yaml, ['protocol'], 'ce protocole n’est pas connu', PROTOCOLS));
  if (format === undefined || findings.length > 0) return { findings };
  const map = format.options ? checkYaml(yaml, format.options, ['map']) : { value: about.map };
  if ('findings' in map) findings.push(...map.findings);
  const formatOptions = 'value' in map ? map.value : undefined;
  const connector = connectorFor(about.protocol, format, formatOptions);
  const options = await connector.options['~standard'].validate(about.options);
  for (const { message, path = [] } of options.issues ?? []) {
    const keys = path.map((key) => (typeof key === 'object' && key !== null && 'key' in key ? key.key : key));
    findings.push(wrong(yaml, ['options', ...(keys as PropertyKey[])], message));
  }
  if (options.issues || 'findings' in map) return { findings };
  const source: Source = {
    file,
    folder: dirname(file),
    name: about.name,
    about,
    visibility: about.visibility,
    connector,
    options: options.value,
    format,
    formatOptions,
    mapping: '',
  };
  return { findings, source };
}

function wrong(yaml: YamlFile, path: readonly PropertyKey[], detail: string, known: readonly string[] = []): Finding {
  const key = String(path[0]);
  const instead = known.length > 0 ? `${key}: ${known.join(' | ')}` : (EXAMPLES[key] ?? '');
  return finding('source-invalid', {
    file: yaml.name,
    line: yaml.lineOf(path),
    path: path.map(String).join('.'),
    detail,
    instead,
  });
}

/** What the file says, its wrong keys left out. */
function aboutWithout(yaml: YamlFile): SourceFile | undefined {
  if (typeof yaml.value !== 'object' || yaml.value === null) return undefined;
  const kept: Record<string, unknown> = { ...yaml.value };
  const checked = sourceFileSchema.safeParse(kept);
  for (const issue of checked.error?.issues ?? []) {
    const wrong = issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [String(issue.path[0])];
    for (const key of wrong) {
      if (Object.hasOwn(STAND_INS, key)) kept[key] = STAND_INS[key];
      else delete kept[key];
    }
  }
  return sourceFileSchema.safeParse(kept).data;
}
