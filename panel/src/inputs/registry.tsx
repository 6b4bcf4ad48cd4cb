// Which input belongs to which type of attribute. A new type is one line here and one file.
import { type ComponentType, lazy } from "react";
import type { Attribute, AttributeType } from "@/api/content";
import { BigIntegerInput } from "./biginteger";
import { BooleanInput } from "./boolean";
import { ComponentInput } from "./component";
import { DateInput } from "./date";
import { DateTimeInput } from "./datetime";
import { ZoneInput } from "./dynamiczone";
import { EmailInput } from "./email";
import { EnumerationInput } from "./enumeration";
import type { InputProps } from "./input";
import { JsonInput } from "./json";
import { Later } from "./Later";
import { MediaInput } from "./media";
import { NumericInput } from "./number";
import { SecretInput } from "./password";
import { RelationInput } from "./relation";
import { MarkdownInput } from "./richtext";
import { StringInput } from "./string";
import { LongTextInput } from "./text";
import { TimeInput } from "./time";
import { UidInput } from "./uid";

const BlocksEditor = lazy(() => import("./blocks"));

function BlocksInput(props: InputProps) {
  return (
    <Later id={props.id} height={180}>
      <BlocksEditor {...(props as Parameters<typeof BlocksEditor>[0])} />
    </Later>
  );
}

// Each input says what kind of value it takes; a form knows it only by the type of the attribute.
type Input = ComponentType<InputProps<never>>;

const INPUTS = {
  string: StringInput,
  text: LongTextInput,
  richtext: MarkdownInput,
  blocks: BlocksInput,
  email: EmailInput,
  password: SecretInput,
  uid: UidInput,
  enumeration: EnumerationInput,
  integer: NumericInput,
  biginteger: BigIntegerInput,
  float: NumericInput,
  decimal: NumericInput,
  boolean: BooleanInput,
  date: DateInput,
  time: TimeInput,
  datetime: DateTimeInput,
  timestamp: DateTimeInput,
  json: JsonInput,
  component: ComponentInput,
  dynamiczone: ZoneInput,
  relation: RelationInput,
  media: MediaInput,
} satisfies Record<AttributeType, Input>;

export function inputFor({ type }: Attribute): ComponentType<InputProps> {
  return INPUTS[type] as ComponentType<InputProps>;
}
