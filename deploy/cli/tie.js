// Loaded into the command by its launcher, trame.js: when the launcher is gone, however it went, the command ends too, in order (as by TERM).

process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref(); // the tie must not keep a finished command running
