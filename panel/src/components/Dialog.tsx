// A window above the page. Mantine's own says twice that it is the head of the page, which confuses screen readers.
import { Modal, type ModalProps } from "@mantine/core";

interface Props extends Omit<ModalProps, "attributes"> {
  name?: string; // what it is called, where it shows no title
}

export function Dialog({ name, ...rest }: Props) {
  const content = name ? { "aria-label": name } : {};
  return <Modal {...rest} attributes={{ header: { role: "none" }, content }} />;
}
