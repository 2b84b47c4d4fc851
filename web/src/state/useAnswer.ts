// An answer that one part of the page asks for while it is shown.
import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { effect, signal } from "@preact/signals";
import { answerTo, type Answer, type Ask } from "./answers";

/** The answer at an address; null asks nothing. */
export function useAnswer<T>(address: string | null, ask?: Ask<T>): Answer<T> {
  const wanted = useMemo(() => signal<string | null>(address), []);
  const found = useSignal<Answer<T>>({ address: null, loading: address !== null, value: null, problem: null });
  useEffect(() => {
    wanted.value = address;
  }, [address]);
  useEffect(() => effect(() => answerTo(found, wanted.value, ask)), []);
  return found.value;
}
