// Loads a file as a page does that shows it with Cytoscape.js, and prints what that took in.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const cytoscape = require(join(__dirname, "../../web/node_modules/cytoscape"));

const warnings = [];
console.warn = (...told) => warnings.push(told.join(" "));
const shown = cytoscape({ headless: true });
shown.json(JSON.parse(readFileSync(process.argv[2], "utf8")));
const told = {
  warnings,
  graph: shown.data(),
  nodes: shown.nodes().map((node) => node.data()),
  edges: shown.edges().map((edge) => edge.data()),
};
process.stdout.write(JSON.stringify(told));
