// Whether something has come into view: what nobody looks at yet need not be loaded.
import { type RefCallback, useCallback, useState } from "react";

/** Return whether an element was seen, with some room around the window, and the reference that watches it. */
export function useSeen(room = "0px"): [isSeen: boolean, watch: RefCallback<HTMLElement>] {
  const [isSeen, setSeen] = useState(false);
  const watch = useCallback(
    (element: HTMLElement | null) => {
      if (!element || isSeen) return undefined;
      const observer = new IntersectionObserver(
        (entries) => {
          if (entries.some((entry) => entry.isIntersecting)) setSeen(true);
        },
        { rootMargin: room },
      );
      observer.observe(element);
      return () => observer.disconnect();
    },
    [isSeen, room],
  );
  return [isSeen, watch];
}
