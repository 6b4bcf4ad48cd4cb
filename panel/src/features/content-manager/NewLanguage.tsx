// The start of an entry in a language that it is not written in yet.
import { Alert, Button, Group } from "@mantine/core";
import { IconLanguage } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { texts } from "@/app/texts";
import { prepared } from "@/inputs/values";
import { readForLocale } from "./api";
import type { Languages } from "./locales";
import type { Editing } from "./saving";

export function NewLanguage({ editing, languages }: { editing: Editing; languages: Languages }) {
  const { type, documentId, locale, draft, schema, document } = editing;
  const nameOfCode = (code: string) => languages.all.find((each) => each.code === code)?.name ?? code;
  const fill = useMutation({
    mutationFn: (source: string) => readForLocale({ type, documentId, locale }, source),
    onSuccess: (values) => {
      for (const [name, value] of Object.entries(prepared(values, type.attributes, schema, draft.values)))
        draft.set([name], value);
    },
  });
  return (
    <Alert mb="md" icon={<IconLanguage size={18} />} title={texts.content.newLocale(nameOfCode(locale ?? ""))}>
      {texts.content.newLocaleHint}
      <Group gap="xs" mt="sm">
        {document.meta.availableLocales.map((each) => (
          <Button
            key={each.locale}
            size="xs"
            variant="default"
            loading={fill.isPending && fill.variables === each.locale}
            onClick={() => fill.mutate(each.locale)}
          >
            {texts.content.fillFrom(nameOfCode(each.locale))}
          </Button>
        ))}
      </Group>
    </Alert>
  );
}
