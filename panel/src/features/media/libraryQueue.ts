// The uploads of the library's page; they go on while one looks at other pages.
import { texts } from "@/app/texts";
import { tellDone } from "@/components/notices";
import { forgetFiles, uploadFile } from "./api";
import { UploadQueue } from "./uploads";

export const libraryQueue = new UploadQueue(uploadFile, {
  onKept: () => void forgetFiles(),
  onQuiet: (kept) => tellDone(texts.media.uploaded(kept)),
});
