// Everything the register says of what is selected.
import { useEffect, useRef } from "preact/hooks";
import { picture } from "../state/answers";
import { flows } from "../state/lit";
import { go, view } from "../state/store";
import { gettext } from "../words";
import { FlowDetails } from "./FlowDetails";
import { NodeDetails } from "./NodeDetails";

export function Details() {
  const select = view.value.select!;
  const panel = useRef<HTMLElement>(null);
  const flow = select.kind === "flow" ? flows.value.find((found) => found.flow === select.id) : undefined;
  const node = select.kind === "node" ? picture.value.value?.nodes.find((found) => found.id === select.id) : undefined;
  const back = useRef(document.activeElement);

  useEffect(() => () => {
    if (document.activeElement === document.body && back.current instanceof HTMLElement) back.current.focus();
  });

  function close(): void {
    const before = back.current;
    go({ select: null });
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  }

  return (
    <section
      id="details"
      ref={panel}
      class="details"
      tabIndex={-1}
      aria-label={gettext("explorer.details")}
      onKeyDown={(event) => event.key === "Escape" && close()}
    >
      <button type="button" class="close" aria-label={gettext("explorer.close")} onClick={close}>
        ×
      </button>
      {flow ? <FlowDetails flow={flow} /> : node ? <NodeDetails node={node} /> : <p>{gettext("explorer.not_here")}</p>}
    </section>
  );
}
