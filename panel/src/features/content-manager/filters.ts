// Filters of a list: what can be asked of a type of attribute, and how it stands in the address.
import type { Attribute, AttributeType } from "@/api/content";
import { texts } from "@/app/texts";

export type Operator = keyof typeof texts.content.operators;

export interface Filter {
  field: string;
  operator: Operator;
  value: string;
}

const EMPTY: Operator[] = ["$null", "$notNull"];
const WORDS: Operator[] = ["$containsi", "$notContainsi", "$eqi", "$nei", "$startsWithi", "$endsWithi", ...EMPTY];
const RANGE: Operator[] = ["$eq", "$ne", "$gt", "$gte", "$lt", "$lte", ...EMPTY];
const EXACT: Operator[] = ["$eq", "$ne", ...EMPTY];

const OPERATORS: Partial<Record<AttributeType, Operator[]>> = {
  string: WORDS,
  text: WORDS,
  richtext: WORDS,
  email: WORDS,
  uid: WORDS,
  enumeration: EXACT,
  boolean: EXACT,
  integer: RANGE,
  biginteger: RANGE,
  float: RANGE,
  decimal: RANGE,
  date: RANGE,
  time: RANGE,
  datetime: RANGE,
  timestamp: RANGE,
  relation: ["$containsi", "$null", "$notNull"],
};

/** Return what can be asked of an attribute; nothing for those that cannot be filtered by. */
export function operatorsFor({ type, relationType }: Attribute): Operator[] {
  if (relationType?.startsWith("morph")) return [];
  return OPERATORS[type] ?? [];
}

export const needsValue = (operator: Operator): boolean => !EMPTY.includes(operator);

const NAME = /^filters\[\$and\]\[(\d+)\]((?:\[[\w]+\])+)\[(\$\w+)\]$/;

/** Read the filters of an address, in the server's own words. */
export function filtersIn(search: Readonly<Record<string, string | undefined>>): Filter[] {
  const found: [number, Filter][] = [];
  for (const [name, value] of Object.entries(search)) {
    const [, place, field, operator] = NAME.exec(name) ?? [];
    if (!place || !field || !operator || value === undefined) continue;
    if (!(operator in texts.content.operators)) continue;
    found.push([
      Number(place),
      { field: field.slice(1, -1).replaceAll("][", "."), operator: operator as Operator, value },
    ]);
  }
  return found.sort(([one], [other]) => one - other).map(([, filter]) => filter);
}

/** Return filters as an address has them; `before` is the address, whose own filters go. */
export function filtersAsSearch(
  filters: readonly Filter[],
  before: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const rest = Object.entries(before).filter(([name]) => !NAME.test(name));
  const told = filters.map(({ field, operator, value }, index) => {
    const path = field
      .split(".")
      .map((step) => `[${step}]`)
      .join("");
    return [`filters[$and][${index}]${path}[${operator}]`, value] as const;
  });
  return Object.fromEntries([...rest, ...told]);
}

/** Return filters as the server is asked. */
export function filtersAsQuestion(filters: readonly Filter[]) {
  if (filters.length === 0) return undefined;
  return {
    $and: filters.map(({ field, operator, value }) => {
      const steps = field.split(".");
      return steps.reduceRight<Record<string, never>>((inner, step) => ({ [step]: inner }) as Record<string, never>, {
        [operator]: value,
      } as Record<string, never>);
    }),
  };
}
