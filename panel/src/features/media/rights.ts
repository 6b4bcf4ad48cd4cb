// What one may do here, as the server will decide, too.
import { useCan } from "@/app/me";

export function useMediaRights() {
  const can = useCan();
  return {
    read: can("plugin::upload.read"),
    create: can("plugin::upload.assets.create"),
    update: can("plugin::upload.assets.update"),
    download: can("plugin::upload.assets.download"),
    copyLink: can("plugin::upload.assets.copy-link"),
  };
}
