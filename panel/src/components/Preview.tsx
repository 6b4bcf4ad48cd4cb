// What a file looks like: a small picture of it, or its kind as a sign.
import { IconFile, IconMusic, IconVideo } from "@tabler/icons-react";
import { kindOf, type MediaFile, thumbnailOf } from "@/api/files";

const SIGNS = { image: IconFile, video: IconVideo, audio: IconMusic, file: IconFile };

/** A picture beside a name that says what it is, so that it has no words of its own. */
export function Preview({ file, size = 32 }: { file: MediaFile; size?: number }) {
  const picture = thumbnailOf(file);
  if (picture) return <img src={picture} alt="" loading="lazy" decoding="async" className="panel-thumbnail" />;
  const Sign = SIGNS[kindOf(file.mime)];
  return (
    <span className="panel-thumbnail">
      <Sign size={size} stroke={1.4} aria-hidden />
    </span>
  );
}
