/** YAML with line numbers: what is wrong in a source file is told with its line and what to write instead. */
import { isMap, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { fr } from 'zod/locales';
import { type Finding, finding, keepSecret } from '#graph-schema/findings/finding.ts';
import { EXAMPLES } from './source-file.ts';

export interface YamlFile {
  readonly name: string;
  readonly value: unknown;
  /** The line (from 1) of the deepest part of a path that is there. */
  readonly lineOf: (path: readonly PropertyKey[]) => number;
}

export type Checked<T> = { readonly value: T } | { readonly findings: readonly Finding[] };

/** Parses, and fills `${NAME}` and `${NAME:-default}` from the environment. */
export function readYaml(
  name: string,
  text: string,
  environment: NodeJS.ProcessEnv,
): { yaml: YamlFile } | { findings: readonly Finding[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const fault = document.errors[0];
  if (fault) {
    return {
      findings: [
        finding('source-not-yaml', { file: name, line: lines.linePos(fault.pos[0]).line, detail: fault.message }),
      ],
    };
  }
  const missing: Finding[] = [];
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value !== 'string') return;
      node.value = node.value.replace(/\$\{(\w+)(?::-([^}]*))?\}/g, (_all, variable: string, fallback?: string) => {
        const value = environment[variable] ?? fallback;
        // What comes from the environment and is no address is taken for a key.
        if (environment[variable] !== undefined && !value?.includes('://') && !/\s/.test(value ?? ''))
          keepSecret(value ?? '');
        if (value === undefined) {
          missing.push(
            finding('source-variable-missing', {
              file: name,
              line: lines.linePos(node.range?.[0] ?? 0).line,
              variable,
            }),
          );
        }
        return value ?? '';
      });
    },
  });
  if (missing.length > 0) return { findings: missing };
  const lineOf = (path: readonly PropertyKey[]) => {
    for (let depth = path.length; depth > 0; depth -= 1) {
      const parent = document.getIn(path.slice(0, depth - 1), true);
      const key = path[depth - 1];
      if (isMap(parent)) {
        const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === key);
        if (isScalar(pair?.key) && pair.key.range) return lines.linePos(pair.key.range[0]).line;
      }
      const node = document.getIn(path.slice(0, depth), true) as { range?: [number, number, number] } | undefined;
      if (node?.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  return { yaml: { name, value: document.toJS(), lineOf } };
}

const IN_FRENCH = fr().localeError;

interface Issue {
  readonly code?: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
}
interface Schema<T> {
  safeParse(
    value: unknown,
    how?: { error: typeof IN_FRENCH },
  ): { success: true; data: T } | { success: false; error: { issues: readonly Issue[] } };
}

/** Checks the part of a file that stands under `at`. */
export function checkYaml<T>(yaml: YamlFile, schema: Schema<T>, at: readonly string[]): Checked<T> {
  const result = schema.safeParse(valueAt(yaml.value, at), { error: IN_FRENCH });
  if (result.success) return { value: result.data };
  return { findings: result.error.issues.map((issue) => told(yaml, at, issue)) };
}

function told(yaml: YamlFile, at: readonly string[], issue: Issue): Finding {
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys?.[0] : undefined;
  const path = [...at, ...issue.path, ...(unknown ? [unknown] : [])];
  const top = String(path[0] ?? '');
  const instead =
    unknown && path.length === 1
      ? `une de ces clés : ${Object.keys(EXAMPLES).join(', ')}`
      : (EXAMPLES[top] ?? issue.message);
  const isMissing = valueAt(yaml.value, path) === undefined;
  return finding('source-invalid', {
    file: yaml.name,
    line: yaml.lineOf(path),
    path: path.map(String).join('.') || '(tout le fichier)',
    detail: unknown ? `la clé « ${unknown} » n’existe pas ici` : isMissing ? 'cette clé manque' : issue.message,
    instead,
  });
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((part, key) => (part as Record<PropertyKey, unknown> | null | undefined)?.[key], value);
}
