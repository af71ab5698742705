/** Writes a museum's report into a folder: the page, the file to be loaded, the questions. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MuseumReport } from '#harvesters/corrections/report.ts';
import type { Source } from '#harvesters/sources.ts';
import { correctionsFile, questionsFile, type Writing } from './files.ts';
import { reportPage } from './page.ts';

/** Gives the paths of what it wrote. A file appears whole or not at all; one of an earlier report is replaced. */
export async function writeReport(
  folder: string,
  source: Source,
  report: MuseumReport,
  writing: Writing,
  now: Date,
): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const { name, bytes } = correctionsFile(report, writing);
  const page = reportPage({ name: source.name, title: source.about.title, corrections: name }, report, now);
  const files = [
    ['rapport.html', page],
    [name, bytes],
    ['questions.csv', questionsFile(report.corrections)],
  ] as const;
  const paths = files.map(([file]) => join(folder, file));
  for (const [at, [, content]] of files.entries()) {
    const path = paths[at]!;
    await writeFile(`${path}.part`, content, { mode: 0o600 });
    await rename(`${path}.part`, path);
  }
  return paths;
}
