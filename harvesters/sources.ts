/** Source files: one YAML file a partner, read, filled from the environment and checked, every error with its line. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Connector } from '#connectors/connector.ts';
import type { Format } from '#connectors/format.ts';
import { connectorFor, FORMATS, PROTOCOLS } from '#connectors/registry.ts';
import type { VisibilityRule } from '#connectors/visibility.ts';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import { type SourceFile, sourceFileSchema } from './source-file.ts';
import { type Checked, checkYaml, readYaml, type YamlFile } from './source-yaml.ts';

/** One source, ready to be harvested. */
export interface Source {
  readonly file: string;
  readonly folder: string;
  readonly name: string;
  readonly about: SourceFile;
  readonly visibility: VisibilityRule;
  readonly connector: Connector;
  /** Of the connector, checked by its schema. */
  readonly options: unknown;
  readonly format: Format;
  readonly formatOptions: unknown;
  /** Changes when the same row would be mapped otherwise. */
  readonly mapping: string;
}

export type SourceResult = { readonly source: Source } | { readonly findings: readonly Finding[] };

/** Reads one source file. Never throws for what is written in it. */
export async function readSource(file: string, environment: NodeJS.ProcessEnv = process.env): Promise<SourceResult> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (fault) {
    return { findings: [finding('source-unreadable', { file, detail: (fault as Error).message })] };
  }
  const yaml = readYaml(basename(file), text, environment);
  if ('findings' in yaml) return yaml;
  const about = checkYaml(yaml.yaml, sourceFileSchema, []);
  if ('findings' in about) return about;
  return assemble(resolve(file), yaml.yaml, about.value);
}

async function assemble(file: string, yaml: YamlFile, about: SourceFile): Promise<SourceResult> {
  const fault = (path: string, detail: string, instead: string): SourceResult => ({
    findings: [finding('source-invalid', { file: yaml.name, line: yaml.lineOf([path]), path, detail, instead })],
  });
  const formatName = about.format ?? (about.map === undefined ? undefined : 'table');
  if (formatName === undefined)
    return fault('format', 'il manque `format` ou `map`', `format: ${Object.keys(FORMATS).join(' | ')}`);
  const format = Object.hasOwn(FORMATS, formatName) ? FORMATS[formatName] : undefined;
  if (format === undefined)
    return fault(
      'format',
      `« ${formatName} » n’est pas un format connu`,
      `format: ${Object.keys(FORMATS).join(' | ')}`,
    );
  if (!PROTOCOLS.includes(about.protocol))
    return fault(
      'protocol',
      `« ${about.protocol} » n’est pas un protocole connu`,
      `protocol: ${PROTOCOLS.join(' | ')}`,
    );

  let formatOptions: unknown = about.map;
  if (format.options) {
    const checked: Checked<unknown> = checkYaml(yaml, format.options, ['map']);
    if ('findings' in checked) return checked;
    formatOptions = checked.value;
  }
  const connector = connectorFor(about.protocol, format, formatOptions);
  const options = await checkOptions(yaml, connector, about.options);
  if ('findings' in options) return options;
  const mapping = mappingVersion(format, about);
  const source = {
    file,
    folder: dirname(file),
    name: about.name,
    about,
    visibility: about.visibility,
    connector,
    options: options.value,
    format,
    formatOptions,
    mapping,
  };
  return { source };
}

async function checkOptions(yaml: YamlFile, connector: Connector, options: unknown): Promise<Checked<unknown>> {
  const result = await connector.options['~standard'].validate(options);
  if (!result.issues) return { value: result.value };
  return {
    findings: result.issues.map(({ message, path }) => {
      const keys = (path ?? []).map((part) =>
        typeof part === 'object' && part !== null && 'key' in part ? part.key : part,
      ) as PropertyKey[];
      const where = ['options', ...keys];
      return finding('source-invalid', {
        file: yaml.name,
        line: yaml.lineOf(where),
        path: where.join('.'),
        detail: message,
        instead: 'options: { url: https://…/oai } (oai-pmh), { path: … } ou { url: … } (files)',
      });
    }),
  };
}

function mappingVersion(
  format: Format,
  { title, licence, map, visibility, defaults, rank, personal }: SourceFile,
): string {
  const said = JSON.stringify({ title, licence, map, visibility, defaults, rank, personal });
  return `${format.name}-${format.version}-${createHash('sha256').update(said).digest('base64url').slice(0, 12)}`;
}

/** The folder that holds the source files: TRAME_SOURCES, or the project's own. */
export function sourcesFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return environment['TRAME_SOURCES'] ?? join(import.meta.dirname, '..', 'connectors', 'sources');
}

/** Every source of a folder, by name; what is wrong with the others. */
export async function readSources(
  folder: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<{ sources: Source[]; findings: Finding[] }> {
  const names = (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name)).sort();
  const results = await Promise.all(names.map((name) => readSource(join(folder, name), environment)));
  const findings = results.flatMap((result) => ('findings' in result ? result.findings : []));
  const sources = new Map<string, Source>();
  for (const result of results) {
    if (!('source' in result)) continue;
    const { name, file } = result.source;
    const twin = sources.get(name);
    if (twin)
      findings.push(finding('source-name-twice', { source: name, first: basename(twin.file), second: basename(file) }));
    else sources.set(name, result.source);
  }
  return { sources: [...sources.values()], findings };
}

/** A source by its name in the folder, or by the path of its file. */
export async function findSource(
  nameOrFile: string,
  folder: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<SourceResult> {
  if (/\.ya?ml$/.test(nameOrFile)) return readSource(nameOrFile, environment);
  const { sources, findings } = await readSources(folder, environment);
  const source = sources.find(({ name }) => name === nameOrFile);
  if (source) return { source };
  const broken = findings.filter(({ particulars }) => String(particulars['file'] ?? '').startsWith(`${nameOrFile}.`));
  if (broken.length > 0) return { findings: broken };
  return {
    findings: [finding('source-not-found', { source: nameOrFile, known: sources.map(({ name }) => name).join(', ') })],
  };
}

/** In an order in which each comes after those that it names in `after`; else by name. A ring is broken at its first name. */
export function inOrder(sources: readonly Source[]): Source[] {
  const ordered = new Set<Source>();
  const place = (source: Source, path: readonly Source[]): void => {
    if (ordered.has(source) || path.includes(source)) return;
    for (const name of source.about.after) {
      const earlier = sources.find((one) => one.name === name);
      if (earlier) place(earlier, [...path, source]);
    }
    ordered.add(source);
  };
  for (const source of [...sources].sort((a, b) => (a.name < b.name ? -1 : 1))) place(source, []);
  return [...ordered];
}
