// The names of cards and lines in a drawing.
export const nodeId = (id: string): string => `node:${id}`;
export const lineId = (flow: string): string => `flow:${flow}`;
