// Going on after signing in: to where one wanted, or to the overview.
import { useRouter } from "@tanstack/react-router";

export function useEnter(wanted?: string): () => void {
  const router = useRouter();
  // Only addresses of this panel: a link from elsewhere must not lead away after signing in.
  const to = wanted && /^\/(?![/\\])/.test(wanted) ? wanted : "/";
  return () => void router.navigate({ href: `/admin${to.replace(/^\/admin(?=\/|$)/, "")}` });
}
