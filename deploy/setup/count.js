// Counts what the test programs said. A program that failed without naming a failure counts as one.

/**
 * The tests in vitest's JSON report. A file that could not even be loaded counts as one failure.
 * @param {string} report the text of the report; empty where there is none
 * @param {number} exitCode vitest's
 * @returns {{ passed: number, failed: number }}
 */
export function countJson(report, exitCode) {
  if (report === '') return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(report);
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  return atLeastOne({ passed: numPassedTests, failed: numFailedTests + brokenFiles }, exitCode);
}

/**
 * The lines that begin with `ok` or `not ok`.
 * @param {string[]} lines
 * @param {number} exitCode
 * @returns {{ passed: number, failed: number }}
 */
export function countLines(lines, exitCode) {
  const passed = lines.filter((line) => /^ok\b/.test(line)).length;
  const failed = lines.filter((line) => /^not ok\b/.test(line)).length;
  return atLeastOne({ passed, failed }, exitCode);
}

function atLeastOne({ passed, failed }, exitCode) {
  return { passed, failed: exitCode !== 0 && failed === 0 ? 1 : failed };
}
