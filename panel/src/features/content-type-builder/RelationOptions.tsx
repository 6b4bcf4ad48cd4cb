// Where a relation leads, how many there are of each, and what it is called on the other side.
import { Select, TextInput } from "@mantine/core";
import { texts } from "@/app/texts";
import type { BasicProps } from "./BasicOptions";
import { plural, slug } from "./blueprint";
import { hasOtherSide, relationOf, type Ways, waysBetween, waysOf } from "./fieldTypes";

export function RelationOptions({ model, all, properties, wrong, disabled, onChange }: BasicProps) {
  const { target, targetAttribute } = properties;
  const other = target ? all[target] : undefined;
  const ways = waysOf(properties);
  const reachable = Object.values(all).filter(
    (each) => !each.isComponent && (each.onlyRelations === null || each.onlyRelations.length > 0),
  );
  const choose = (next: Ways) => onChange(relationWith(next));
  const relationWith = (next: Ways) => ({
    relation: relationOf(next),
    targetAttribute: hasOtherSide(next) ? targetAttribute || nameFor(next) : null,
  });
  const nameFor = (next: Ways) => {
    const own = slug(model.singularName || model.displayName).replaceAll("-", "_");
    return next === "manyToOne" || next === "manyToMany" ? plural(own) : own;
  };
  const lead = (uid: string) => {
    const possible = waysBetween(model, all[uid]);
    onChange({ target: uid, ...relationWith(possible.includes(ways) ? ways : (possible[0] ?? "oneWay")) });
  };
  return (
    <>
      <Select
        label={texts.builder.target}
        required
        searchable
        disabled={disabled}
        data={reachable.map(({ uid, displayName }) => ({ value: uid, label: displayName }))}
        value={target ?? null}
        error={wrong["target"]}
        onChange={(uid) => uid && lead(uid)}
      />
      {other && (
        <Select
          label={texts.builder.ways}
          disabled={disabled}
          data={waysBetween(model, other).map((each) => ({
            value: each,
            label: texts.builder.waysIn[each](model.displayName, other.displayName),
          }))}
          value={ways}
          error={wrong["relation"]}
          onChange={(next) => next && choose(next as Ways)}
        />
      )}
      {other && hasOtherSide(ways) && (
        <TextInput
          label={texts.builder.otherSide(other.displayName)}
          description={texts.builder.otherSideHint}
          required
          disabled={disabled}
          value={targetAttribute ?? ""}
          error={wrong["targetAttribute"]}
          onChange={(event) => onChange({ targetAttribute: event.currentTarget.value })}
        />
      )}
    </>
  );
}
