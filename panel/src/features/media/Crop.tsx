// Cutting a part out of a picture, which replaces it or becomes a file of its own.
import "react-image-crop/dist/ReactCrop.css";
import { Button, Group, Select, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import ReactCrop, { centerCrop, makeAspectCrop, type PercentCrop } from "react-image-crop";
import { fresh, type MediaFile } from "@/api/files";
import { Problem } from "@/api/problem";
import { texts } from "@/app/texts";
import { Dialog } from "@/components/Dialog";
import { tellDone } from "@/components/notices";
import { forgetFiles, replaceFile, uploadFile } from "./api";
import { croppedName, pixelsOf } from "./cropping";
import { useMediaRights } from "./rights";

interface Props {
  file: MediaFile;
  onChanged: (file: MediaFile) => void;
  onClose: () => void;
}

const SHAPES = Object.entries(texts.media.cropShapes).map(([value, label]) => ({ value, label }));
const WHOLE: PercentCrop = { unit: "%", x: 10, y: 10, width: 80, height: 80 };

export default function Crop({ file, onChanged, onClose }: Props) {
  const rights = useMediaRights();
  const picture = useRef<HTMLImageElement>(null);
  const [crop, setCrop] = useState<PercentCrop>(WHOLE);
  const [shape, setShape] = useState("free");
  const aspect = Number(shape) || undefined;
  const save = useMutation({
    mutationFn: async (asCopy: boolean) => {
      const cut = await cutOut(picture.current, crop, file);
      if (!asCopy) return { ...file, ...(await replaceFile(file, cut)) };
      await uploadFile(cut, file.folder?.id ?? null);
      return null;
    },
    onSuccess: async (changed) => {
      tellDone(changed ? texts.media.replaced : texts.media.uploaded(1));
      if (changed) onChanged(changed);
      onClose();
      await forgetFiles();
    },
  });
  const choose = (next: string | null) => {
    setShape(next ?? "free");
    const image = picture.current;
    if (!Number(next) || !image) return;
    const { naturalWidth: width, naturalHeight: height } = image;
    setCrop(centerCrop(makeAspectCrop({ unit: "%", width: 80 }, Number(next), width, height), width, height));
  };
  const kept = pixelsOf(crop, file.width ?? 0, file.height ?? 0);
  return (
    <Dialog opened onClose={onClose} title={texts.media.cropTitle(file.name)} size="lg">
      <Stack>
        <Text size="sm" c="dimmed">
          {texts.media.cropHint}
        </Text>
        <Group justify="center" className="panel-look">
          <ReactCrop
            crop={crop}
            onChange={(_, percent) => setCrop(percent)}
            {...(aspect ? { aspect } : {})}
            minWidth={10}
            minHeight={10}
            keepSelection
            ariaLabels={texts.media.cropLabels}
          >
            <img ref={picture} src={fresh(file.url, file)} alt={file.alternativeText ?? ""} className="panel-crop" />
          </ReactCrop>
        </Group>
        <Group justify="space-between" align="flex-end">
          <Select label={texts.media.cropShape} data={SHAPES} value={shape} onChange={choose} w={140} />
          <Text size="sm" role="status">
            {texts.media.cropSize(kept.width, kept.height)}
          </Text>
        </Group>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {texts.common.cancel}
          </Button>
          {rights.create && (
            <Button variant="default" loading={save.isPending && save.variables} onClick={() => save.mutate(true)}>
              {texts.media.cropCopy}
            </Button>
          )}
          {rights.update && (
            <Button loading={save.isPending && !save.variables} onClick={() => save.mutate(false)}>
              {texts.media.cropReplace}
            </Button>
          )}
        </Group>
      </Stack>
    </Dialog>
  );
}

const broken = () => new Problem(400, { error: { message: texts.media.cropBroken } });

/** Return a part of a picture as a file of the same type. */
async function cutOut(image: HTMLImageElement | null, crop: PercentCrop, file: MediaFile): Promise<File> {
  if (!image?.complete || image.naturalWidth === 0) throw broken();
  const { x, y, width, height } = pixelsOf(crop, image.naturalWidth, image.naturalHeight);
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  canvas.getContext("2d")?.drawImage(image, x, y, width, height, 0, 0, width, height);
  const content = await new Promise<Blob | null>((done) => canvas.toBlob(done, file.mime, 0.92));
  if (!content) throw broken();
  return new File([content], croppedName(file.name), { type: content.type });
}
