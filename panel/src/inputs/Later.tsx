// An editor that is loaded shortly before it comes into view; whoever goes on by keyboard finds it there.
import { Skeleton } from "@mantine/core";
import { type ReactNode, Suspense } from "react";
import { useSeen } from "./seen";

export function Later({ id, height, children }: { id: string; height: number; children: ReactNode }) {
  const [isSeen, watch] = useSeen("200px 0px");
  const waiting = <Skeleton height={height} />;
  if (isSeen) return <Suspense fallback={waiting}>{children}</Suspense>;
  return (
    <div ref={watch} id={id} tabIndex={-1}>
      {waiting}
    </div>
  );
}
