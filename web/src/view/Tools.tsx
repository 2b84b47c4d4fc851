// The questions beside the picture: who holds, if breached, paths, what if, contradictions, gaps, likely duplicates.
import type { ComponentType } from "preact";
import { go, view } from "../state/store";
import { TOOLS, type Tool } from "../state/view";
import { gettext } from "../words";
import { Breach } from "./tools/Breach";
import { Claims } from "./tools/Claims";
import { Gaps } from "./tools/Gaps";
import { Holders } from "./tools/Holders";
import { Identities } from "./tools/Identities";
import { Paths } from "./tools/Paths";
import { WhatIf } from "./tools/WhatIf";

const PANELS: Record<Exclude<Tool, "chain">, ComponentType> = {
  holders: Holders,
  breach: Breach,
  paths: Paths,
  "what-if": WhatIf,
  claims: Claims,
  gaps: Gaps,
  identities: Identities,
};

export function Tools() {
  return (
    <nav class="tools" aria-label={gettext("explorer.tools_label")}>
      {TOOLS.map((tool) => (
        <button type="button" key={tool} aria-current={view.value.tool === tool ? "true" : undefined} onClick={() => go({ tool })}>
          {gettext(`explorer.tool.${tool}`)}
        </button>
      ))}
    </nav>
  );
}

export function ToolPanel() {
  const { tool } = view.value;
  if (tool === "chain") return null;
  const Panel = PANELS[tool];
  return <Panel key={tool} />;
}
