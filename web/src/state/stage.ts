// The picture as it is drawn now, for what is made of it, such as a PNG; null: there is none.
import { signal } from "@preact/signals";
import type { GraphView } from "../picture/graph";

export const stage = signal<GraphView | null>(null);
