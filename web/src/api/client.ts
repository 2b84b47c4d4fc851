// Asks the service and tells problems apart.
import type { paths } from "./schema";

type Json<R> = R extends { 200: { content: { "application/json": infer T } } } ? T : never;
type Got<P extends keyof paths> = paths[P] extends { get: { responses: infer R } } ? Json<R> : never;

export type Picture = Got<"/api/v1/picture">;
export type Flow = Picture["items"][number];
export type Node = Picture["nodes"][number];
export type Status = Flow["status"];
export type Overview = Got<"/api/v1/overview">;
export type Search = Got<"/api/v1/search">;
export type Hit = Search["items"][number];
export type Exposure = Got<"/api/v1/exposure">;
export type PathsAnswer = Got<"/api/v1/paths">;
export type Claims = Got<"/api/v1/claims">;
export type Gaps = Got<"/api/v1/gaps">;
export type Identities = Got<"/api/v1/identities">;
export type WhatIf = Json<paths["/api/v1/what-if"]["post"]["responses"]>;
export type Events = Got<"/api/v1/events">;
export type LawEvent = Events["items"][number];
export type Dates = Got<"/api/v1/dates">;
export type Dated = Dates["items"][number];
export type ExportList = Got<"/api/v1/exports">;
export type Words = Got<"/api/v1/vocabulary/data-categories">;
export type Term = Words["items"][number];
export type Source = Got<"/api/v1/sources/{key}">;
export type Party = Got<"/api/v1/parties/{key}">;

export const API = "/api/v1";

/** Something the service said no to, or that it did not answer. */
export class Problem extends Error {
  constructor(
    /** The stable end of its type, or `offline`. */
    readonly slug: string,
    readonly status: number,
    detail: string,
  ) {
    super(detail);
  }
}

export type Parameters = Record<string, string | number | boolean | null | undefined | readonly string[]>;

/** The address of a question, its parameters in a stable order; what is empty is left out. */
export function addressOf(path: string, parameters: Parameters = {}): string {
  const asked = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) {
    if (value === null || value === undefined || value === false || value === "") continue;
    if (Array.isArray(value)) {
      if (value.length) asked.set(key, value.join(","));
    } else asked.set(key, String(value));
  }
  const text = asked.toString();
  return `${API}${path}${text && "?"}${text}`;
}

/** Get an answer. Raises a Problem. */
export async function get<T>(address: string, signal?: AbortSignal): Promise<T> {
  return await answered<T>(() => fetch(address, { headers: { Accept: "application/json" }, signal: signal ?? null }));
}

/** Send a question with a body. Raises a Problem. */
export async function post<T>(address: string, body: unknown, signal?: AbortSignal): Promise<T> {
  return await postText<T>(address, JSON.stringify(body), "application/json", signal);
}

/** Send a question that is written already. Raises a Problem. */
export async function postText<T>(address: string, body: string, type: string, signal?: AbortSignal): Promise<T> {
  const headers = { Accept: "application/json", "Content-Type": type };
  return await answered<T>(() => fetch(address, { method: "POST", headers, body, signal: signal ?? null }));
}

/** Take something back. Raises a Problem. */
export async function remove<T>(address: string): Promise<T> {
  return await answered<T>(() => fetch(address, { method: "DELETE", headers: { Accept: "application/json" } }));
}

async function answered<T>(send: () => Promise<Response>): Promise<T> {
  let response: Response;
  try {
    response = await send();
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem("offline", 0, String(error));
  }
  if (response.ok) return (await response.json()) as T;
  throw await problemOf(response);
}

async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text();
  if (response.headers.get("Content-Type")?.startsWith("application/problem+json")) {
    const said = JSON.parse(text) as { type: string; detail: string; errors?: readonly { message: string }[] };
    const slug = said.type.split("/").at(-1) ?? "internal";
    const faults = slug === "invalid-document" ? (said.errors ?? []).map((fault) => fault.message) : [];
    return new Problem(slug, response.status, [said.detail, ...faults].join(". "));
  }
  const slug = response.status === 401 ? "login" : response.status >= 502 ? "offline" : "internal";
  return new Problem(slug, response.status, response.statusText || `HTTP ${response.status}`);
}
