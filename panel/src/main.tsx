// The start of the panel.
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./app/panel.css";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { createRoot } from "react-dom/client";
import { onSessionEnd } from "./api/session";
import { queries } from "./app/queries";
import { theme, variables } from "./app/theme";
import { router } from "./routes/router";

onSessionEnd(() => {
  queries.clear();
  void router.invalidate();
});

const root = document.getElementById("root");
if (!root) throw new Error("The page has no place for the panel");

createRoot(root).render(
  <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
      <Notifications position="bottom-right" />
    </QueryClientProvider>
  </MantineProvider>,
);
