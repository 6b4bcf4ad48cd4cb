// One file: what it looks like, what is said about it, and what can be done with it.
import { Drawer } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import type { MediaFile } from "@/api/files";
import { texts } from "@/app/texts";
import { Confirm } from "@/components/Confirm";
import { FileForm } from "./FileForm";

interface Props {
  file: MediaFile | null;
  isInEntry?: boolean; // opened from an entry, which would lose a file that is deleted
  onChanged: (file: MediaFile) => void;
  onClose: () => void;
}

export default function FileDrawer({ file, isInEntry = false, onChanged, onClose }: Props) {
  const [isDirty, setDirty] = useState(false);
  const [asked, setAsked] = useState(false);
  const leave = () => {
    setAsked(false);
    setDirty(false);
    onClose();
  };
  const close = () => (isDirty ? setAsked(true) : leave());
  return (
    <>
      <Drawer
        opened={file !== null}
        onClose={close}
        closeOnEscape={false} // Mantine would close the questions above it, too.
        onKeyDown={(event) => isOwnEscape(event) && close()}
        title={texts.media.details}
        position="right"
        size="md"
        closeButtonProps={{ "aria-label": texts.common.close }}
        attributes={{ header: { role: "none" } }}
      >
        {file && (
          <FileForm
            key={`${file.id}:${file.updatedAt}`}
            file={file}
            isInEntry={isInEntry}
            onDirty={setDirty}
            onChanged={onChanged}
            onClose={leave}
          />
        )}
      </Drawer>
      <Confirm
        opened={asked}
        title={texts.common.unsavedTitle}
        action={texts.common.leave}
        onConfirm={leave}
        onClose={() => setAsked(false)}
      >
        {texts.common.unsaved}
      </Confirm>
    </>
  );
}

/** Tell whether Escape was pressed here, and not in a window above or in an opened list. */
function isOwnEscape({ key, target, currentTarget }: KeyboardEvent): boolean {
  const element = target as HTMLElement;
  return (
    key === "Escape" &&
    currentTarget.contains(element) &&
    element.getAttribute("data-mantine-stop-propagation") !== "true"
  );
}
