#!/usr/bin/env -S node --stack-size=4000
// CPython 3.14 as a command: `tests/pyodide/python.mjs FILE | -m MODULE | -c CODE [ARGUMENTS]`, with this checkout,
// pytest and hypothesis installed. It is Pyodide, CPython built for WebAssembly: no threads, no sockets, and no
// processes but those that through_node.py starts. With Node's usual stack, deep recursion would end all, not be a
// RecursionError.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { loadPyodide } from "pyodide";

const program = fileURLToPath(import.meta.url);
const here = dirname(program);
const checkout = join(here, "..", "..");
const library = join(here, "node_modules", ".python"); // where neither git, npm, pytest nor ruff looks
const shared = [checkout, realpathSync(tmpdir())]; // the same inside as outside; the rest is in memory

// What Pyodide has done that CPython does not do before a program starts.
const asPythonStarts = `
import __main__, os, sys
sys.path[:] = filter(None, sys.path)
sys.dont_write_bytecode = bool(os.environ.get("PYTHONDONTWRITEBYTECODE"))
vars(__main__).pop("_pyodide_core", None)
`;

try {
  if (!shared.some((root) => !relative(root, process.cwd()).startsWith(".."))) {
    throw new Error(`Only ${shared.join(" and ")} are there inside: start it in one of them`);
  }
  if (!existsSync(library)) install();
  process.exit(await main(process.argv.slice(2)));
} catch (error) {
  if (error.name === "ExitStatus") process.exit(error.status); // --version, or an option that Python refuses
  console.error(error.message ?? error); // the stack would quote the whole of Pyodide, which is one line
  process.exit(1);
}

async function main(args) {
  const python = await loadPyodide({
    args,
    env: { PYTHONINSPECT: "", ...process.env },
    fsInit: prepare,
    _sysExecutable: join(library, "bin", "python"), // commands are told by its name
  });
  python.setStdout(); // as bytes, at once: until here they are lines for the console
  python.setStderr();
  python.runPython(asPythonStarts, { globals: python.toPy({}) });
  const status = python._module._run_main();
  return python._module._Py_FinalizeEx() < 0 ? 120 : status;
}

async function prepare(FS, { sitePackages }) {
  const mount = (root, point) => {
    FS.mkdirTree(point);
    FS.mount(FS.filesystems.NODEFS, { root }, point);
  };
  for (const root of shared) mount(root, root);
  FS.chdir(process.cwd());
  mount(join(library, "site-packages"), sitePackages);
  const standard = `${dirname(sitePackages).replace(".", "")}.zip`; // /lib/python314.zip, and no other path will do
  while (!FS.analyzePath(standard).exists) await setImmediate(); // Pyodide writes it in the meantime
  FS.unlink(standard);
  mount(join(library, "standard"), standard);
}

// Puts the standard library into a folder, as it is elsewhere, with pytest and hypothesis: pure wheels, and from pip,
// because Pyodide's own package manager would ask its content delivery network.
function install() {
  const require = createRequire(import.meta.url);
  const { info } = require("pyodide/pyodide-lock.json");
  const partial = library + ".part";
  const site = join(partial, "site-packages");
  const python = (...args) => execFileSync("python3", args, { stdio: "inherit" });
  rmSync(partial, { recursive: true, force: true });
  for (const folder of [site, join(partial, "bin")]) mkdirSync(folder, { recursive: true });
  symlinkSync(program, join(partial, "bin", "python"));
  python("-m", "zipfile", "-e", require.resolve("pyodide/python_stdlib.zip"), join(partial, "standard"));
  const wheels = ["--python-version", info.python, "--platform", "any", "--only-binary", ":all:", "--no-compile"];
  python("-m", "pip", "install", "--quiet", "--target", site, ...wheels, "pytest", "hypothesis");
  const hook = "import _pyodide; _pyodide.set_excepthook = lambda: None"; // it would undo what sitecustomize sets
  writeFileSync(join(site, "checkout.pth"), [join(checkout, "src"), here, hook, ""].join("\n"));
  renameSync(partial, library);
  const compile = "import compileall, os; compileall.compile_dir(os.path.dirname(os.__file__), quiet=1)";
  execFileSync(process.execPath, [program, "-c", compile], { stdio: "inherit" }); // halves the time of every start
}
