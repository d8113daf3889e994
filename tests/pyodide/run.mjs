// Runs pytest under Pyodide (CPython 3.14 built for WebAssembly) and exits with its status.
//
//     npm install --prefix tests/pyodide && node tests/pyodide/run.mjs [PYTEST ARGUMENTS]
//
// There are no processes and no threads there: a test that tries to start one is skipped, with that reason
// (nothing_outside.py), and tests/cli, which does little else, is left out unless it is asked for.

import { execFileSync } from "node:child_process";
import { existsSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadPyodide } from "pyodide";

const here = dirname(fileURLToPath(import.meta.url));
const packages = join(here, "node_modules", ".python"); // where neither git, npm, pytest nor ruff looks
const mounts = { "/loadstone": join(here, "..", ".."), "/packages": packages };
const usual = ["tests/unit", "tests/behaviour", "tests/property"];

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error.message); // the stack would quote the whole of Pyodide, which is one line
  process.exitCode = 1;
}

async function main(args) {
  if (!existsSync(packages)) fetchPackages();
  const python = await loadPyodide({
    fsInit: mountAll,
    env: { HOME: "/home/pyodide", PYTHONPATH: "/packages:/loadstone/src:/loadstone/tests/pyodide" },
  });
  python.FS.chdir("/loadstone");
  python.pyimport("sys").dont_write_bytecode = false; // Pyodide's default; compiling pytest takes half the time
  const pytest = python.pyimport("pytest");
  const ours = ["-p", "nothing_outside", "-p", "no:cacheprovider"];
  return pytest.main(python.toPy([...ours, ...(args.length ? args : usual)]));
}

// Pure wheels, and from pip: Pyodide's own package manager would ask its content delivery network.
function fetchPackages() {
  const { info } = createRequire(import.meta.url)("pyodide/pyodide-lock.json");
  const partial = packages + ".part";
  rmSync(partial, { recursive: true, force: true });
  const to = ["--target", partial, "--python-version", info.python, "--platform", "any", "--no-compile"];
  const what = ["--only-binary", ":all:", "pytest", "hypothesis"];
  execFileSync("python", ["-m", "pip", "install", "--quiet", ...to, ...what], { stdio: "inherit" });
  renameSync(partial, packages);
}

async function mountAll(FS) {
  for (const [point, root] of Object.entries(mounts)) {
    FS.mkdirTree(point);
    FS.mount(FS.filesystems.NODEFS, { root }, point);
  }
}
