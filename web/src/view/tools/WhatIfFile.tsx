// A what-if as a file: the same that the command line reads and writes.
import { useSignal } from "@preact/signals";
import { Problem, addressOf, postText, type WhatIf } from "../../api/client";
import { announce } from "../../state/announce";
import { fileOf } from "../../state/kinds";
import { title } from "../../state/names";
import { speaking } from "../../api/questions";
import { day, go, language, view } from "../../state/store";
import type { Change } from "../../state/view";
import { gettext } from "../../words";
import { save } from "../save";

export function WhatIfFile() {
  const problem = useSignal<string | null>(null);

  /** The service reads the file, so that it means the same here as on the command line. */
  async function open(file: File | undefined): Promise<void> {
    if (!file) return;
    problem.value = null;
    try {
      const found = await postText<WhatIf>(addressOf("/what-if", { page_size: 1, ...speaking(language.value) }), await file.text(), "application/yaml");
      const asked = found.about.whose === "asked" ? found.about.controllers : [];
      const changes = found.changes.map((each) => each.change as unknown as Change);
      const whose = asked.length === 1 ? { controller: asked[0]!.id, activity: null } : {};
      go({ changes, on: found.on, select: null, ...whose });
      announce(gettext("explorer.file_opened", { count: changes.length }));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problem.value = error.message;
    }
  }

  function keep(): void {
    const { controller, changes } = view.value;
    save(fileOf({ name: title.value, on: day.value, controller }, changes), `what-if-${day.value}.yaml`, "application/yaml");
  }

  return (
    <div class="file">
      <label class="button">
        <input
          type="file"
          class="unseen"
          accept=".yaml,.yml,.json"
          onChange={(event) => {
            const input = event.currentTarget;
            void open(input.files?.[0]).then(() => (input.value = ""));
          }}
        />
        {gettext("explorer.file_open")}
      </label>
      <button type="button" disabled={!view.value.changes.length} onClick={keep}>
        {gettext("explorer.file_save")}
      </button>
      {problem.value && (
        <p class="note" role="alert">
          {problem.value}
        </p>
      )}
    </div>
  );
}
