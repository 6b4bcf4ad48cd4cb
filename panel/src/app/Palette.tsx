// The command palette: type a few letters, press Enter.
import { Combobox, ScrollArea, Text, TextInput, useCombobox, useMantineColorScheme } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { Dialog } from "@/components/Dialog";
import { signOut } from "@/features/sessions/api";
import { placeOf, schemaQuery, useManaged } from "./content";
import { type Can, useCan } from "./me";
import { areasFor } from "./navigation";
import { texts } from "./texts";

interface Command {
  label: string;
  hint: string;
  run: () => void;
}

export function Palette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size="lg"
      yOffset="12vh"
      centered={false}
      name={texts.palette.label}
    >
      <Commands onDone={onClose} />
    </Dialog>
  );
}

function Commands({ onDone }: { onDone: () => void }) {
  const [words, setWords] = useState("");
  const combobox = useCombobox({ opened: true });
  const found = matching(useCommands(), words);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other words find other commands, some come late, and Enter runs the first
  useEffect(() => {
    combobox.selectFirstOption();
  }, [words, found.length]);
  return (
    <Combobox store={combobox} onOptionSubmit={(label) => runOf(found, label, onDone)} withinPortal={false}>
      <Combobox.EventsTarget withExpandedAttribute>
        <TextInput
          data-autofocus
          size="md"
          variant="unstyled"
          px="md"
          aria-label={texts.palette.label}
          placeholder={texts.palette.placeholder}
          leftSection={<IconSearch size={16} />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      </Combobox.EventsTarget>
      <ScrollArea.Autosize mah={360} type="auto" style={{ borderTop: "1px solid var(--mantine-color-default-border)" }}>
        <Combobox.Options p="xs" aria-label={texts.palette.label}>
          {found.map((command) => (
            <Combobox.Option key={command.label} value={command.label}>
              {command.label}{" "}
              <Text span size="xs" c="inherit" opacity={0.85}>
                {command.hint}
              </Text>
            </Combobox.Option>
          ))}
          {found.length === 0 && <Combobox.Empty>{texts.palette.nothing}</Combobox.Empty>}
        </Combobox.Options>
      </ScrollArea.Autosize>
    </Combobox>
  );
}

function runOf(commands: Command[], label: string, onDone: () => void): void {
  onDone();
  commands.find((command) => command.label === label)?.run();
}

function useCommands(): Command[] {
  const can = useCan();
  const navigate = useNavigate();
  const { toggleColorScheme } = useMantineColorScheme();
  const go = (to: string) => () => void navigate({ to });
  const places = areasFor(can).flatMap((area) =>
    area.places.map((place) => ({ label: place.label, hint: area.label ?? "", run: go(place.to) })),
  );
  const schema = useQuery(schemaQuery);
  const content = useManaged(schema.data?.contentTypes).map((type) => ({
    label: type.info.displayName,
    hint: texts.content.manager,
    run: go(placeOf(type)),
  }));
  const deeds = deedsFor(can).map(({ label, to }) => ({ label, hint: texts.palette.create, run: go(to) }));
  const own = [
    { label: texts.nav.profile, hint: texts.nav.account, run: go("/me") },
    { label: texts.nav.scheme, hint: "", run: toggleColorScheme },
    { label: texts.nav.signOut, hint: texts.nav.account, run: () => void signOut() },
  ];
  return [...places, ...content, ...deeds, ...own];
}

function deedsFor(can: Can): { label: string; to: string }[] {
  const all = [
    { label: texts.adminTokens.add, to: "/settings/admin-tokens/create", action: "admin::admin-tokens.create" },
    { label: texts.apiTokens.add, to: "/settings/api-tokens/create", action: "admin::api-tokens.create" },
    { label: texts.users.invite, to: "/settings/users?invite=true", action: "admin::users.create" },
    { label: texts.webhooks.add, to: "/settings/webhooks/create", action: "admin::webhooks.create" },
  ];
  return all.filter(({ action }) => can(action));
}

/** Return the commands that hold every word. */
function matching(commands: Command[], words: string): Command[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter(({ label, hint }) => wanted.every((word) => `${label} ${hint}`.toLowerCase().includes(word)));
}
