import { Command } from 'commander';
import { registerCsv, registerOf, registerPage } from '#harvesters/register.ts';
import { readSources, sourcesFolder } from '#harvesters/sources.ts';
import { tellFinding } from '../complaint.ts';
import { tell } from '../hub.ts';

/** `trame register`: the register of processing, from the sources' files. Needs no Neo4j. */
export function registerCommand(): Command {
  return new Command('register')
    .description(
      'le registre des traitements de données personnelles, tiré des fichiers de source / the register of processing, from the source files',
    )
    .option('--csv', 'pour un tableur / for a spreadsheet')
    .option('--json', 'pour un programme / for a program')
    .action(async (options: { readonly csv?: boolean; readonly json?: boolean }) => {
      const { sources, findings } = await readSources(sourcesFolder());
      for (const found of findings) tell(tellFinding(found));
      const register = registerOf(sources);
      if (options.json) console.log(JSON.stringify(register, null, 2));
      else if (options.csv) process.stdout.write(registerCsv(register));
      else process.stdout.write(registerPage(register, new Date().toISOString().slice(0, 10)));
      if (findings.length > 0) process.exitCode = 1;
    });
}
