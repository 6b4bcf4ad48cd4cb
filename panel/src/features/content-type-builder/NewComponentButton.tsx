// A new component, made where it is needed.
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { texts } from "@/app/texts";
import { Dialog } from "@/components/Dialog";
import { type Blueprint, withModel } from "./blueprint";
import { ModelForm } from "./ModelForm";
import { studio } from "./studio";

export function NewComponentButton({ all, onMade }: { all: Blueprint; onMade: (uid: string) => void }) {
  const [opened, dialog] = useDisclosure(false);
  return (
    <>
      <Button variant="default" leftSection={<IconPlus size={16} />} onClick={dialog.open}>
        {texts.builder.newComponent}
      </Button>
      <Dialog opened={opened} onClose={dialog.close} title={texts.builder.newComponent}>
        <ModelForm
          all={all}
          isComponent
          onDone={(component) => {
            studio.change((models) => withModel(models, component));
            onMade(component.uid);
            dialog.close();
          }}
        />
      </Dialog>
    </>
  );
}
