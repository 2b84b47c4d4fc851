// The way from a line of a list to its place in the picture.
import type { Flow } from "../../api/client";
import { picture } from "../../state/answers";
import { go, view } from "../../state/store";
import { gettext } from "../../words";

export function JumpTo({ chain }: { chain: Flow["chain"] }) {
  const last = chain.at(-1);
  if (!last) return null;
  return (
    <button type="button" class="link" onClick={() => jump(last.flow, chain.length)}>
      {gettext("explorer.show_in_picture")}
    </button>
  );
}

/** Select a flow; when it lies deeper than what is shown, show its level too. */
export function jump(flow: string, depth: number): void {
  const shown = picture.value.value?.depth ?? 1;
  go({ select: { kind: "flow", id: flow }, depth: depth > shown ? depth : view.value.depth });
  document.querySelector(".stage")?.scrollIntoView({ block: "nearest" });
}
