// Runs the tests under CPython 3.14, in Node, and exits with pytest's status:
//
//     npm install --prefix tests/pyodide && node tests/pyodide/run.mjs [--processes] [PYTEST ARGUMENTS]
//
// A test that needs a process or a thread is skipped with that reason (through_node.py); with --processes they are
// started through Node, at some seconds each, and only threads and processes inside them are missing.

import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
// An event loop that cannot wait leaves its coroutine behind, and pytest would report that at the end.
const forgiven = ["-W", "ignore::pytest.PytestUnraisableExceptionWarning"];
const pytest = ["-m", "pytest", "-p", "through_node", "-p", "no:cacheprovider", ...forgiven];
const given = process.argv.slice(2);
const usual = given.some((argument) => !argument.startsWith("-")) ? [] : ["tests/unit", "tests/behaviour", "tests/property"];

const program = ["--stack-size=4000", join(here, "python.mjs")];
const done = spawnSync(process.execPath, [...program, ...pytest, ...given, ...usual], {
  cwd: join(here, "..", ".."),
  stdio: "inherit",
});
process.exit(done.status ?? 1);
