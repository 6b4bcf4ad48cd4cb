// Questions as the server reads them: objects in an address, by brackets.
type Value = string | number | boolean | undefined | null | Question | Value[];

export interface Question {
  [name: string]: Value;
}

export function queryString(question: Question): string {
  const pairs = Object.entries(question).flatMap(([name, value]) => pairsOf(encodeURIComponent(name), value));
  return pairs.join("&");
}

function pairsOf(name: string, value: Value): string[] {
  if (value === undefined || value === null || value === "") return [];
  if (typeof value !== "object") return [`${name}=${encodeURIComponent(value)}`];
  return Object.entries(value).flatMap(([key, each]) => pairsOf(`${name}[${encodeURIComponent(key)}]`, each));
}
