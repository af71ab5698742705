/** The command `trame`: what it can do, one file a command in commands/. */
import { Command } from 'commander';
import { benchCommand } from '#deploy/bench/command.ts';
import { faultsCommand } from '#deploy/faults/command.ts';
import { Neo4jUnavailable } from '#deploy/neo4j/connection.ts';
import { ListFileRefused } from '#deploy/personal/list-file.ts';
import { qualityCommand } from '#deploy/quality/command.ts';
import { SuppressionRefused } from '#graph-schema/suppression/list.ts';
import { alertsCommand } from './commands/alerts.ts';
import { auditCommand } from './commands/audit.ts';
import { backupCommand } from './commands/backup.ts';
import { checkLinksCommand } from './commands/check-links.ts';
import { clientCommand } from './commands/client.ts';
import { dbCommand } from './commands/db.ts';
import { demoCommand } from './commands/demo.ts';
import { digestCommand } from './commands/digest.ts';
import { doctorCommand } from './commands/doctor.ts';
import { harvestCommand } from './commands/harvest.ts';
import { identityCommand } from './commands/identity.ts';
import { inboxCommand } from './commands/inbox.ts';
import { keyCommand } from './commands/key.ts';
import { licencesCommand } from './commands/licences.ts';
import { partnersCommand } from './commands/partners.ts';
import { personCommand } from './commands/person.ts';
import { picturesCommand } from './commands/pictures.ts';
import { rebuildCommand } from './commands/rebuild.ts';
import { reconcileCommand } from './commands/reconcile.ts';
import { recordsCommand } from './commands/records.ts';
import { registerCommand } from './commands/register.ts';
import { replayCommand } from './commands/replay.ts';
import { reportCommand } from './commands/report.ts';
import { restoreCommand } from './commands/restore.ts';
import { serveCommand } from './commands/serve.ts';
import { sourceCommand } from './commands/source.ts';
import { statusCommand } from './commands/status.ts';
import { takedownCommand } from './commands/takedown.ts';
import { vocabularyCommand } from './commands/vocabulary.ts';
import { wordsCommand } from './commands/words.ts';
import { workCommand } from './commands/work.ts';
import { Complaint, tellFinding } from './complaint.ts';
import { Interrupted } from './hub.ts';

const program = new Command('trame')
  .description(
    'Trame : moissonne les collections et agendas des partenaires dans un graphe Neo4j, et répond en GraphQL.\nTrame: harvests partners’ collections and events into a Neo4j graph, and answers in GraphQL.',
  )
  .version('0.1.0')
  .showHelpAfterError('(trame --help : toutes les commandes / all commands)')
  .addHelpText(
    'after',
    `
Exemples / examples:
  trame partners                   les doublures seules, pour essayer une source / the stand-ins alone
  trame demo                       tout démarrer, moissonner la démonstration / start everything
  trame source check ma-source.yaml   essayer une source sans rien enregistrer / try a source, store nothing
  trame harvest ma-source.yaml     moissonner une source / harvest one source
  trame records ma-source --ndjson notices reçues, une par ligne / records received, one a line
  trame status                     quelle source est en retard, et pourquoi / which source is late, and why
  trame inbox                      ce qui attend une décision / what waits for a decision
  trame serve --port 4000          servir GraphQL / serve GraphQL
  trame key add Portail --role partner   une clé d’accès / an access key

Réglages / settings (environment):
  TRAME_HOME      dossier des données / data folder (.trame)
  TRAME_SOURCES   dossier des fichiers de source / folder of the source files (connectors/sources)
  TRAME_PICTURES_MB  place des vignettes, en Mo / room for thumbnails, in MB (4096)
  TRAME_KEEP_RUNS moissons gardées par source / runs kept for each source (200)
  TRAME_ANONYMOUS_BUDGET, TRAME_TRUST_PROXY, TRAME_OPERATIONS   accès / access (docs/access.md)
  TRAME_OIDC_ISSUER, TRAME_OIDC_AUDIENCE, TRAME_OIDC_ROLES_CLAIM, TRAME_OIDC_ROLES   connexion / sign-in (docs/access.md)
  TRAME_SMTP_URL, TRAME_ALERT_TO, TRAME_ALERT_FROM, TRAME_ALERT_WEBHOOK, TRAME_ALERT_SECRET   alertes / alerts (docs/alerts.md)
  TRAME_SUPPRESSION_KEY   clé de la liste des personnes à oublier / key of the list of persons to forget (docs/personal-data.md)
  NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD, NEO4J_DATABASE   un Neo4j existant / a Neo4j of your own`,
  );

for (const command of [
  demoCommand(),
  partnersCommand(),
  harvestCommand(),
  sourceCommand(),
  reconcileCommand(),
  vocabularyCommand(),
  recordsCommand(),
  clientCommand(),
  inboxCommand(),
  wordsCommand(),
  identityCommand(),
  personCommand(),
  takedownCommand(),
  registerCommand(),
  reportCommand(),
  statusCommand(),
  alertsCommand(),
  auditCommand(),
  checkLinksCommand(),
  licencesCommand(),
  picturesCommand(),
  replayCommand(),
  rebuildCommand(),
  digestCommand(),
  backupCommand(),
  restoreCommand(),
  serveCommand(),
  keyCommand(),
  workCommand(),
  dbCommand(),
  doctorCommand(),
  benchCommand(),
  qualityCommand(),
  faultsCommand(),
]) {
  program.addCommand(command);
}

// `trame … | head`: who reads has read enough.
process.stdout.on('error', (fault: NodeJS.ErrnoException) => {
  if (fault.code !== 'EPIPE') throw fault;
  process.exit(0);
});

try {
  await program.parseAsync();
} catch (fault) {
  if (fault instanceof Interrupted) {
    console.error(
      `Interrompu (${fault.message}) : ce qui était fait reste ; relancez la commande pour la suite. / Interrupted: what was done stays; give the command again for the rest.`,
    );
    process.exit(130);
  }
  if (
    !(
      fault instanceof Complaint ||
      fault instanceof Neo4jUnavailable ||
      fault instanceof SuppressionRefused ||
      fault instanceof ListFileRefused
    )
  )
    throw fault;
  console.error(fault instanceof SuppressionRefused ? tellFinding(fault.finding) : fault.message);
  process.exitCode = fault instanceof Complaint ? fault.exitCode : 1;
}
