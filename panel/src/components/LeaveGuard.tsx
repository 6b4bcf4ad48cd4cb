// A warning before one leaves what would be lost.
import { useBlocker } from "@tanstack/react-router";
import { texts } from "@/app/texts";
import { Confirm } from "./Confirm";

interface Props {
  when: boolean;
  title: string;
  message: string;
  within?: string; // where one may go without losing anything
}

export function LeaveGuard({ when, title, message, within }: Props) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      when && current.pathname !== next.pathname && !(within && next.pathname.startsWith(within)),
    enableBeforeUnload: when,
    withResolver: true,
  });
  return (
    <Confirm
      opened={blocker.status === "blocked"}
      title={title}
      action={texts.common.leave}
      onConfirm={() => blocker.proceed?.()}
      onClose={() => blocker.reset?.()}
    >
      {message}
    </Confirm>
  );
}
