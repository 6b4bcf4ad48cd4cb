// The question before files and folders go.
import { useMutation } from "@tanstack/react-query";
import { texts } from "@/app/texts";
import { Confirm } from "@/components/Confirm";
import { tellDone } from "@/components/notices";
import { type Chosen, deleteChosen, forgetFiles } from "./api";

interface Props {
  chosen: Chosen | null; // null: nothing is asked
  onDone: () => void;
  onClose: () => void;
}

const NOTHING: Chosen = { fileIds: [], folderIds: [] };

export function DeleteQuestion({ chosen, onDone, onClose }: Props) {
  const { fileIds, folderIds } = chosen ?? NOTHING;
  const remove = useMutation({
    mutationFn: deleteChosen,
    onSuccess: async () => {
      onDone();
      tellDone(texts.media.deleted(fileIds.length, folderIds.length));
      await forgetFiles();
    },
    onSettled: onClose,
  });
  return (
    <Confirm
      opened={chosen !== null}
      title={texts.media.deleteTitle(fileIds.length, folderIds.length)}
      action={texts.common.delete}
      pending={remove.isPending}
      onConfirm={() => chosen && remove.mutate(chosen)}
      onClose={onClose}
    >
      {folderIds.length > 0 ? texts.media.deleteFolderHint : texts.media.deleteHint}
    </Confirm>
  );
}
