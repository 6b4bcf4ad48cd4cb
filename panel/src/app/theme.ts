// How the panel looks; the colours of texts are chosen to be readable in both schemes (WCAG AA).
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

const indigo: MantineColorsTuple = [
  "#eef1ff",
  "#dbe2fb",
  "#b6c2f4",
  "#8ea1ee",
  "#6d84e8",
  "#5871e5",
  "#4c66e3",
  "#3c55ca",
  "#334bb6",
  "#263f9f",
];

// What opens above the page belongs to its main part, for those who go from landmark to landmark.
export const WITHIN = { target: "#content" };

// The list itself scrolls: a box around it would be one that no key reaches.
const LIST = { withScrollArea: false, styles: { options: { maxHeight: 260, overflowY: "auto" as const } } };

export const theme = createTheme({
  colors: { indigo },
  primaryColor: "indigo",
  primaryShade: { light: 7, dark: 8 },
  autoContrast: true,
  respectReducedMotion: true,
  defaultRadius: "md",
  cursorType: "pointer",
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
  headings: { fontWeight: "650" },
  components: {
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray" } },
    Modal: { defaultProps: { centered: true, closeButtonProps: { "aria-label": "Close" } } },
    Tooltip: {
      defaultProps: { withArrow: true, multiline: true, maw: 320, events: { hover: true, focus: true, touch: true } },
    },
    Menu: { defaultProps: { withInitialFocusPlaceholder: false, withinPortal: false } },
    Select: { defaultProps: { allowDeselect: false, comboboxProps: { shadow: "md", portalProps: WITHIN }, ...LIST } },
    Badge: { defaultProps: { variant: "light", tt: "none", fw: 500 } },
  },
});

export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "#5c636a",
    "--mantine-color-placeholder": "#6a7178",
    "--mantine-color-error": "#c92a2a",
    "--mantine-color-anchor": "#334bb6",
    "--mantine-color-gray-light-color": "#495057",
    "--mantine-color-green-light-color": "#1e6b30",
    "--mantine-color-yellow-light-color": "#7a4b00",
    "--mantine-color-orange-light-color": "#9a3b00",
    "--mantine-color-red-light-color": "#b02525",
    "--mantine-color-indigo-light-color": "#263f9f",
  },
  dark: {
    "--mantine-color-dimmed": "#a6a7ab",
    "--mantine-color-placeholder": "#9a9ba0",
    "--mantine-color-error": "#ff8787",
    "--mantine-color-anchor": "#91a7ff",
    "--mantine-color-indigo-light-color": "#b6c2f4",
    "--mantine-color-indigo-text": "#b6c2f4",
  },
});
