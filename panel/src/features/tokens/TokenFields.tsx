// The fields that every token has: name, description and how long it lives.
import { Card, Select, SimpleGrid, Text, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { ReactNode } from "react";
import { texts } from "@/app/texts";
import { exactly } from "@/components/Moment";
import type { Lifespan, Token } from "./api";

export interface TokenValues {
  name: string;
  description: string;
  days: string; // "" is unlimited
}

const DAY = 86_400_000;
const DURATIONS = ["7", "30", "90", ""];

export const newToken: TokenValues = { name: "", description: "", days: "30" };
export const valuesOf = ({ name, description }: Token): TokenValues => ({
  name,
  description: description ?? "",
  days: "",
});
export const lifespanOf = ({ days }: TokenValues): Lifespan => (days ? ((Number(days) * DAY) as Lifespan) : null);

interface Props {
  form: UseFormReturnType<TokenValues>;
  token?: Token | undefined; // of one that exists the life is fixed
  readOnly?: boolean;
  children?: ReactNode;
}

export function TokenFields({ form, token, readOnly = false, children }: Props) {
  return (
    <Card withBorder mb="lg">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={texts.tokens.name}
          required
          readOnly={readOnly}
          autoFocus={!token}
          autoComplete="off"
          {...form.getInputProps("name")}
        />
        {token ? <Life token={token} /> : <Duration form={form} />}
        <Textarea
          label={texts.tokens.description}
          readOnly={readOnly}
          autosize
          minRows={1}
          maxRows={4}
          {...form.getInputProps("description")}
        />
        {children}
      </SimpleGrid>
    </Card>
  );
}

function Duration({ form }: { form: UseFormReturnType<TokenValues> }) {
  const data = DURATIONS.map((days) => ({
    value: days,
    label: days ? texts.tokens.days(days) : texts.tokens.unlimited,
  }));
  const { days } = form.values;
  const ends = days
    ? texts.tokens.ends(exactly(new Date(Date.now() + Number(days) * DAY).toISOString()))
    : texts.tokens.endless;
  return (
    <Select
      label={texts.tokens.duration}
      data={data}
      description={ends}
      inputWrapperOrder={["label", "input", "description"]}
      {...form.getInputProps("days")}
    />
  );
}

function Life({ token }: { token: Token }) {
  return (
    <div>
      <Text size="sm" fw={500}>
        {texts.tokens.expires}
      </Text>
      <Text size="sm" mt={6}>
        {token.expiresAt ? exactly(token.expiresAt) : texts.tokens.unlimited}
      </Text>
    </div>
  );
}
