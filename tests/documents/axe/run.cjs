// Looks at HTML files with axe-core and prints what it finds as JSON. Colours need a browser's layout, so their rule is off.
"use strict";

const { readFileSync } = require("node:fs");
const { JSDOM } = require("jsdom");
const { source } = require("axe-core");

async function looked(file) {
  const page = new JSDOM(readFileSync(file, "utf8"), { runScripts: "outside-only", pretendToBeVisual: true });
  page.window.eval(source);
  const found = await page.window.axe.run(page.window.document, { rules: { "color-contrast": { enabled: false } } });
  page.window.close();
  const told = (rules) =>
    rules.map(({ id, impact, help, nodes }) => ({ id, impact, help, places: nodes.map(({ html }) => html.slice(0, 200)) }));
  return {
    file,
    passes: found.passes.map(({ id }) => id),
    violations: told(found.violations),
    incomplete: told(found.incomplete),
  };
}

async function main(files) {
  const all = [];
  for (const file of files) all.push(await looked(file));
  process.stdout.write(JSON.stringify(all, null, 1) + "\n");
}

main(process.argv.slice(2)).catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
