/** A Python with some packages, in an environment of its own under the home folder. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const INSTALL_WITHIN_MS = 90_000;
const ASK_WITHIN_MS = 20_000;

/**
 * The Python that has these packages, installed at the first use into the folder `name` of the home; or why there is none, in words.
 * `proof` is an import that only works where they are all there.
 */
export async function pythonWith(
  home: string,
  name: string,
  packages: readonly string[],
  proof: string,
): Promise<{ readonly python: string } | { readonly lacking: string }> {
  const folder = join(home, name);
  const python = process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python3');
  if (await runs(python, ['-c', proof])) return { python };
  if (!(await runs('python3', ['--version']))) return { lacking: 'python3 est absent / python3 is absent' };
  try {
    await execute('python3', ['-m', 'venv', folder], { timeout: INSTALL_WITHIN_MS });
    await execute(python, ['-m', 'pip', 'install', '--quiet', ...packages], { timeout: INSTALL_WITHIN_MS });
    await execute(python, ['-c', proof], { timeout: ASK_WITHIN_MS });
  } catch (fault) {
    const why = (fault as Error).message.trim().split('\n').at(-1) ?? '';
    return { lacking: `${packages.join(', ')} ne s’installent pas / cannot be installed: ${why}` };
  }
  return { python };
}

async function runs(command: string, parameters: readonly string[]): Promise<boolean> {
  try {
    await execute(command, parameters, { timeout: ASK_WITHIN_MS });
    return true;
  } catch {
    return false;
  }
}
