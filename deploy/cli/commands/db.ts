import { Command } from 'commander';
import { startBackground, status, stopBackground } from '#deploy/neo4j/background.ts';
import { Complaint } from '../complaint.ts';
import { home, tell } from '../hub.ts';

export function dbCommand(): Command {
  const command = new Command('db').description('Neo4j de ce dossier : démarrer, arrêter, état / this home’s Neo4j');
  command
    .command('start')
    .description('démarre Neo4j et le laisse tourner / start Neo4j and leave it running')
    .action(async () => console.log((await startBackground(home(), tell)).describe()));
  command
    .command('stop')
    .description('l’arrête / stop it')
    .action(async () => {
      const outcome = await stopBackground(home());
      if (typeof outcome === 'object') {
        throw new Complaint(
          `Neo4j appartient à une commande en cours (processus ${outcome.ownedBy}) : arrêtez-la / it belongs to a running command: stop that one.`,
        );
      }
      console.log(outcome === 'stopped' ? 'Neo4j arrêté / stopped.' : 'Neo4j ne tournait pas / was not running.');
    });
  command
    .command('status')
    .description('dit s’il tourne, où et depuis quand / whether it runs, where and since when')
    .option('--json', 'pour un programme / for a program')
    .action(async (options: { json?: boolean }) => {
      const told = await status(home());
      if (options.json) return console.log(JSON.stringify(told, null, 2));
      if (told.state === 'stopped') return console.log(`Neo4j ne tourne pas / is not running (${told.folder}).`);
      if (told.state === 'given') return console.log(`Neo4j donné par / given by NEO4J_URI : ${told.uri}`);
      console.log(`Neo4j tourne / runs : ${told.uri}, depuis / since ${told.started} (${told.folder})`);
    });
  return command;
}
